import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { getReadable } from '../get-row.ts'
import { wordsSchema } from '../schemas.ts'
import { startsFrom, targetsOf } from '../walk-definition.ts'

const diagramSchema = Type.Object({
  places: Type.Array(
    Type.Object({
      id: Type.String(),
      title: wordsSchema,
      kind: Type.Union([Type.Literal('open'), Type.Literal('waiting'), Type.Literal('end')]),
      start: Type.Boolean(),
      current: Type.Boolean(),
      visited: Type.Boolean(),
    }),
  ),
  ways: Type.Array(
    Type.Object({
      action: Type.String(),
      title: wordsSchema,
      from: Type.String(),
      to: Type.String(),
      automatic: Type.Boolean(),
      passed: Type.Boolean(),
    }),
  ),
})

interface Passed {
  readonly action: string
  readonly from_place: string | null
  readonly to_place: string
}

/** The matter's definition as a graph, with the place where it is and the way it came. */
export const diagramRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/:id/diagram',
    title: words('流程图', 'Diagram of a matter'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    response: diagramSchema,
    example: {
      places: [
        {
          id: 'handling',
          title: { zh: '处置中', en: 'In hand' },
          kind: 'open',
          start: true,
          current: true,
          visited: true,
        },
      ],
      ways: [],
    },
    handler: async ({ params, work }) => {
      const { row, definition } = await getReadable(engine, work, params.id)
      const { rows } = await sql<Passed>`select distinct action, from_place, to_place from loops.action
        where instance = ${row.id} and from_place is distinct from to_place`.execute(work.tx)
      const visited = new Set(rows.map(({ to_place }) => to_place))
      const passed = new Set(rows.map(({ action, from_place, to_place }) => `${action} ${from_place} ${to_place}`))
      const starts = targetsOf(definition.start)
      return {
        places: Object.entries(definition.places).map(([id, { title, kind }]) => ({
          id,
          title,
          kind,
          start: starts.includes(id),
          current: id === row.place,
          visited: visited.has(id),
        })),
        ways: Object.entries(definition.actions).flatMap(([action, declared]) =>
          Object.entries(definition.places)
            .filter(([id, place]) => startsFrom(declared, id, place))
            .flatMap(([from]) =>
              targetsOf(declared.to).map((to) => ({
                action,
                title: declared.title,
                from,
                to,
                automatic: declared.automatic !== undefined,
                passed: passed.has(`${action} ${from} ${to}`),
              })),
            ),
        ),
      }
    },
  })
