import type { Identity } from '#platform/identity'

/**
 * The same answers about posts and organisations for as long as this is used: for many matters that move together and ask
 * the same of the same tables, one after the other.
 */
export function rememberPeople(people: Identity): Identity {
  const posts = new Map<string, ReturnType<Identity['postsWith']>>()
  const organisations = new Map<string, ReturnType<Identity['organisation']>>()
  return {
    ...people,
    postsWith: (right, where, db) =>
      once(posts, JSON.stringify([right, where]), () => people.postsWith(right, where, db)),
    organisation: (id, db) => once(organisations, id, () => people.organisation(id, db)),
  }
}

function once<T>(known: Map<string, T>, key: string, ask: () => T): T {
  const before = known.get(key)
  if (before !== undefined) return before
  const answer = ask()
  known.set(key, answer)
  return answer
}
