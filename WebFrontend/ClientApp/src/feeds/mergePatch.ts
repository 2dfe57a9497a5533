type Members = Record<string, unknown>

const hasMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * JSON Merge Patch, RFC 7396: members are replaced, null removes one, arrays are replaced whole. The target is left as it
 * was, and parts the patch does not name stay the same objects.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!hasMembers(patch)) return patch
  const result: Members = hasMembers(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name]
    else result[name] = mergePatch(result[name], value)
  }
  return result
}
