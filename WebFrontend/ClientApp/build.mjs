/**
 * Called by the .NET build (ClientApp.targets). The pages of both grain runtimes, and of builds that run at the same time,
 * share node_modules and wwwroot: one process at a time, and what another has just built is not built again.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  console.error(
    `error OSP002: The pages cannot be built with Node.js ${process.versions.node}. Install Node.js 20 (20.19 or newer) or ` +
      '22 (22.12 or newer) with npm from https://nodejs.org, or build without the pages by -p:BuildClientApp=false.',
  )
  process.exit(1)
}

const here = import.meta.dirname
const pages = path.join(here, '..', 'wwwroot')
const lock = path.join(here, '.building.lock')
const installed = path.join(here, 'node_modules', '.installed')
const built = path.join(here, 'node_modules', '.built')

/** Milliseconds. */
const longestBuild = 15 * 60_000

const dependencies = ['package.json', 'package-lock.json', '.npmrc']
const sources = [...dependencies, '../openapi.json', 'index.html', 'vite.config.ts', 'tsconfig.json', 'public', 'src']

function filesOf(entry) {
  const full = path.join(here, entry)
  if (!fs.statSync(full).isDirectory()) return [entry]
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.relative(here, path.join(file.parentPath, file.name)))
    .sort()
}

function fingerprint(entries) {
  const hash = createHash('sha256')
  for (const file of entries.flatMap(filesOf)) {
    hash.update(file).update('\0').update(fs.readFileSync(path.join(here, file))).update('\0')
  }
  return hash.digest('hex')
}

function stamp(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function npm(...args) {
  // A shell, because npm is a script of another kind on Windows.
  const done = spawnSync(['npm', ...args].join(' '), { cwd: here, stdio: 'inherit', shell: true })
  if (done.status !== 0) throw new Error(`npm ${args.join(' ')} failed`)
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** A build that was killed leaves its lock behind, and its process number may be given to another. */
function abandoned() {
  const holder = Number(stamp(lock))
  const since = fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
  return (holder > 0 && !alive(holder)) || Date.now() - since > longestBuild
}

function pause(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

function enter() {
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (abandoned()) fs.rmSync(lock, { force: true })
    else pause(200)
  }
}

enter()
try {
  const wanted = fingerprint(dependencies)
  if (stamp(installed) !== wanted) {
    npm('ci', '--include=dev', '--no-audit', '--no-fund')
    fs.writeFileSync(installed, wanted)
  }
  const now = fingerprint(sources)
  if (stamp(built) !== now || !fs.existsSync(path.join(pages, 'index.html'))) {
    npm('run', 'build')
    fs.writeFileSync(built, now)
  }
} catch (error) {
  console.error(`error OSP003: ${error.message}`)
  process.exitCode = 1
} finally {
  fs.rmSync(lock, { force: true })
}
