import type { Actor, Reach } from '#runtime'

/** An actor for tests that call services directly; tests of routes sign in for real. */
export function actorWith(
  rights: Readonly<Record<string, Reach>>,
  who: {
    readonly id?: string
    readonly post?: string
    readonly organisation?: string
    readonly path?: string
    readonly division?: string
  } = {},
): Actor {
  const { id = 'tester', post = 'post-of-tester', organisation = 'city', path = 'city/', division = '3709' } = who
  const scopes = Object.entries(rights).map(
    ([right, reach]) => [right, { reach, organisation, path, division }] as const,
  )
  return { kind: 'person', id, name: id, post, organisation, rights: new Map(scopes) }
}
