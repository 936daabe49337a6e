import { type App, InvalidInput, words } from '#runtime'
import { type Mistake, mistakesIn } from '../../check-definition.ts'
import type { LoopDefinition } from '../../contract.ts'
import type { Engine } from '../engine.ts'

/** Definitions that no code declares are kept apart from those that modules may bring one day. */
const OWN = /^own\.[a-z0-9-]{1,60}$/

/** Everything that speaks against publishing a definition made in the portal; none if it can run. */
export function mistakesOf(engine: Engine, definition: LoopDefinition): Mistake[] {
  const rights = rightsOf(engine.app)
  const definitions = new Map(engine.definitions.current().map((one) => [one.id, one]))
  const found = mistakesIn(definition, { rights, definitions })
  if (found.length > 0) return found
  return [...engine.hooks.mistakesIn(definition), ...missedByCode(engine, definition)]
}

/** @throws InvalidInput for an id that is neither the portal's own nor declared by a module */
export function checkId(engine: Engine, id: string): void {
  if (OWN.test(id) || engine.definitions.declared(id)) return
  throw new InvalidInput(
    'invalid-id',
    words('自定义流程的编号须形如 own.xxx', 'The id of an own definition must look like own.something'),
    [
      {
        path: '/id',
        message: words('须以 own. 开头，由小写字母、数字和连字符组成', 'own. and small letters, digits, -'),
      },
    ],
  )
}

export const rightsOf = (app: App): ReadonlySet<string> => new Set(app.declared('rights').map(({ entry }) => entry.id))

/** What the module that declares a definition relies on: its data and what follows without a person. */
function missedByCode(engine: Engine, definition: LoopDefinition): Mistake[] {
  const code = engine.definitions.declared(definition.id)
  if (!code) return []
  const fields = Object.keys(code.data.properties).filter((name) => !definition.data.properties[name])
  const known = new Set(Object.keys(code.data.properties))
  const demanded = (definition.data.required ?? []).filter((name: string) => !known.has(name))
  const actions = Object.entries(code.actions)
    .filter(([id, { automatic }]) => automatic && definition.actions[id]?.automatic !== automatic)
    .map(([id]) => id)
  return [
    ...fields.map((name) => ({
      at: '/data',
      message: words(`程序需要数据项“${name}”，不能删除`, `the program needs the data field "${name}"`),
    })),
    ...demanded.map((name: string) => ({
      at: '/data',
      message: words(`新增数据项“${name}”不能必填，程序不会提供`, `the new field "${name}" cannot be required`),
    })),
    ...actions.map((id) => ({
      at: '/actions',
      message: words(`程序需要自动操作“${id}”，不能删除`, `the program needs the automatic action "${id}"`),
    })),
  ]
}
