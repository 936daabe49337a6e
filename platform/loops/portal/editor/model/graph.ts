import type { LoopDiagram } from '../../loop-types.ts'
import type { Draft } from './draft.ts'
import { sourcesOf, targetsOf } from './walk.ts'

/** A definition as the drawing takes it: nothing has been passed yet. */
export function diagramOf(draft: Draft): LoopDiagram {
  const starts = targetsOf(draft.start)
  return {
    places: Object.entries(draft.places).map(([id, { title, kind }]) => ({
      id,
      title,
      kind,
      start: starts.includes(id),
      current: false,
      visited: false,
    })),
    ways: Object.entries(draft.actions).flatMap(([action, one]) =>
      sourcesOf(draft, one).flatMap((from) =>
        targetsOf(one.to)
          .filter((to) => draft.places[to])
          .map((to) => ({ action, title: one.title, from, to, automatic: one.automatic !== undefined, passed: false })),
      ),
    ),
  }
}
