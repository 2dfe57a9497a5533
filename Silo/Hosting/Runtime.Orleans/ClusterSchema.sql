-- What the AdoNet providers of Microsoft Orleans look for: a table of queries, found by their names and called with
-- parameters of fixed names, and the tables behind them, which are ours to shape. Applied at every start.

CREATE TABLE IF NOT EXISTS orleansquery (
    querykey text NOT NULL PRIMARY KEY,
    querytext text NOT NULL);

CREATE TABLE IF NOT EXISTS membership_version (
    cluster text NOT NULL PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now());

CREATE TABLE IF NOT EXISTS membership (
    cluster text NOT NULL REFERENCES membership_version,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    alive_at timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)) WITH (fillfactor = 60);
-- Gateways are asked for by status every few seconds, silos that ended are cleared by age.
CREATE INDEX IF NOT EXISTS membership_gateways ON membership (cluster, status) WHERE proxy_port > 0;
CREATE INDEX IF NOT EXISTS membership_ended ON membership (cluster, alive_at) WHERE status <> 3;

CREATE TABLE IF NOT EXISTS grain_state (
    service text NOT NULL,
    grain_type text NOT NULL,
    id_0 bigint NOT NULL,
    id_1 bigint NOT NULL,
    id_text text NOT NULL,
    payload bytea,
    version integer NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    -- One state for each grain, whoever writes at the same time.
    PRIMARY KEY (service, grain_type, id_0, id_1, id_text)) WITH (fillfactor = 60);

INSERT INTO orleansquery (querykey, querytext) VALUES

('InsertMembershipVersionKey', $q$
    WITH made AS (INSERT INTO membership_version (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM made $q$),

-- A row is only written together with the next version of the whole table: of two writers one comes too late.
('InsertMembershipKey', $q$
    WITH next AS (
        UPDATE membership_version SET version = version + 1, changed_at = now()
        WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT 1 FROM membership
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1),
    made AS (
        INSERT INTO membership (cluster, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_at)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM next
        RETURNING 1)
    SELECT count(*)::integer FROM made $q$),

('UpdateMembershipKey', $q$
    WITH next AS (
        UPDATE membership_version SET version = version + 1, changed_at = now()
        WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
            SELECT 1 FROM membership
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING 1),
    changed AS (
        UPDATE membership SET status = @Status, suspect_times = @SuspectTimes::text, alive_at = @IAmAliveTime
        FROM next
        WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM changed $q$),

('UpdateIAmAlivetimeKey', $q$
    UPDATE membership SET alive_at = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation $q$),

-- The version is there also when no row is.
('MembershipReadRowKey', $q$
    SELECT v.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
        m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
        m.start_time AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM membership_version v
    LEFT JOIN membership m ON m.cluster = v.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.cluster = @DeploymentId $q$),

('MembershipReadAllKey', $q$
    SELECT v.cluster AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
        m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
        m.start_time AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
    FROM membership_version v
    LEFT JOIN membership m ON m.cluster = v.cluster
    WHERE v.cluster = @DeploymentId $q$),

('DeleteMembershipTableEntriesKey', $q$
    WITH silos AS (DELETE FROM membership WHERE cluster = @DeploymentId)
    DELETE FROM membership_version WHERE cluster = @DeploymentId $q$),

('GatewaysQueryKey', $q$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM membership
    WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0 $q$),

('CleanupDefunctSiloEntriesKey', $q$
    DELETE FROM membership WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3 $q$),

-- No row comes back when the version is not the one that was read: Orleans takes that for a conflict.
('WriteToStorageKey', $q$
    WITH changed AS (
        UPDATE grain_state SET payload = @PayloadBinary, version = version + 1, changed_at = now()
        WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
            AND id_text = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
        RETURNING version),
    made AS (
        INSERT INTO grain_state (service, grain_type, id_0, id_1, id_text, payload, version)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''), @PayloadBinary, 1
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version)
    SELECT version AS NewGrainStateVersion FROM changed UNION ALL SELECT version FROM made $q$),

('ReadFromStorageKey', $q$
    SELECT payload AS PayloadBinary, version AS Version FROM grain_state
    WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
        AND id_text = coalesce(@GrainIdExtensionString::text, '') $q$),

('ClearStorageKey', $q$
    UPDATE grain_state SET payload = NULL, version = version + 1, changed_at = now()
    WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
        AND id_text = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
    RETURNING version AS NewGrainStateVersion $q$),

('DeleteStorageKey', $q$
    DELETE FROM grain_state
    WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
        AND id_text = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
    RETURNING version + 1 AS NewGrainStateVersion $q$)

ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;
