import type { Identity, Organisation, Post } from '#platform/identity'
import type { Asker } from '#runtime'

interface ByRight {
  readonly right: string
  readonly where: Parameters<Identity['postsWith']>[1]
}

/** Questions about people that many matters ask at the same moment. */
interface PeopleAskers {
  readonly posts: Asker<ByRight, readonly Post[]>
  readonly organisation: Asker<string, Organisation | null>
}

const known = new WeakMap<Identity, PeopleAskers>()

export function askersOf(people: Identity): PeopleAskers {
  const before = known.get(people)
  if (before) return before
  const askers: PeopleAskers = {
    posts: (tx, questions) => each(questions, ({ right, where }) => people.postsWith(right, where, tx)),
    organisation: (tx, ids) => each(ids, async (id) => (await people.organisation(id, tx)) ?? null),
  }
  known.set(people, askers)
  return askers
}

/** What several ask is asked once. */
function each<Q, A>(questions: readonly Q[], answer: (question: Q) => Promise<A>): Promise<A[]> {
  const answers = new Map<string, Promise<A>>()
  return Promise.all(
    questions.map((question) => {
      const key = JSON.stringify(question)
      const found = answers.get(key) ?? answer(question)
      answers.set(key, found)
      return found
    }),
  )
}
