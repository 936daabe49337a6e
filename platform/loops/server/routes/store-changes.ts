import { type TSchema, Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { Mistake } from '../../check-definition.ts'
import type { LoopDefinition } from '../../contract.ts'
import type { Engine } from '../engine.ts'
import { textOrNull, wordsSchema } from '../schemas.ts'
import { mistakesOf } from '../store/check.ts'
import { dropDraft, publish, putInForce, saveDraft } from '../store/drafts.ts'
import { tryOut } from '../store/trial.ts'
import { Body, ById, DESIGN_RIGHT, MistakeView, Version } from './store-schemas.ts'

/** What an administrator does with a definition: draft, check, trial, publication, another version. */
export const storeChangeRoutes = (engine: Engine): Route[] => [
  saveRoute(engine),
  dropRoute(),
  checkRoute(engine),
  tryRoute(engine),
  publishRoute(engine),
  switchRoute(engine),
]

const saveRoute = (engine: Engine): Route =>
  route({
    method: 'PUT',
    path: '/api/loops/definitions/:id/draft',
    title: words('保存流程草稿', 'Save the draft of a definition'),
    right: DESIGN_RIGHT,
    audit: 'loops.definition.saved',
    params: ById,
    body: Type.Object({
      body: Body,
      /** Revision of the draft that was opened; 0 where there was none. */
      revision: Type.Integer({ minimum: 0 }),
    }),
    response: Type.Object({ revision: Type.Integer(), mistakes: Type.Array(MistakeView) }),
    example: { revision: 3, mistakes: [] },
    handler: async ({ params: { id }, body, work }) => {
      const revision = await saveDraft(engine, work, id, body.body, body.revision)
      work.audit({ event: 'loops.definition.saved', subject: { kind: 'loops.definition', id }, details: { revision } })
      return { revision, mistakes: checked(engine, id, body.body) }
    },
  })

const checked = (engine: Engine, id: string, body: Readonly<Record<string, unknown>>): Mistake[] =>
  mistakesOf(engine, { ...body, id, version: 1 } as unknown as LoopDefinition)

const dropRoute = (): Route =>
  route({
    method: 'DELETE',
    path: '/api/loops/definitions/:id/draft',
    title: words('删除流程草稿', 'Drop the draft of a definition'),
    right: DESIGN_RIGHT,
    audit: 'loops.definition.dropped',
    params: ById,
    response: Type.Object({ ok: Type.Boolean() }),
    example: { ok: true },
    handler: async ({ params: { id }, work }) => {
      await dropDraft(work, id)
      work.audit({ event: 'loops.definition.dropped', subject: { kind: 'loops.definition', id } })
      return { ok: true }
    },
  })

const checkRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/definitions/:id/evaluate',
    title: words('检查流程', 'Mistakes of a definition that is not saved'),
    right: DESIGN_RIGHT,
    audit: NOTHING_PERSONAL,
    params: ById,
    body: Type.Object({ body: Body }),
    response: Type.Array(MistakeView),
    example: [{ at: '/places/deciding', message: { zh: '没有操作通向此环节', en: 'nothing leads to it' } }],
    handler: async ({ params: { id }, body }) => checked(engine, id, body.body),
  })

const Step = Type.Object(
  {
    action: Type.Optional(Type.String({ maxLength: 60 })),
    form: Type.Optional(Body),
    person: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    wait: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,3}(min|h|wh|hwd|wd|d|m|y)$' })),
  },
  { additionalProperties: false },
)
const lights = ['green', 'yellow', 'red', 'grey'].map((light) => Type.Literal(light))
const StateView = Type.Object({
  at: Type.String(),
  place: Type.String(),
  light: Type.Union(lights),
  due: textOrNull,
  holders: Type.Array(wordsSchema),
  caretaken: Type.Boolean(),
  shares: Type.Array(Type.Object({ unit: wordsSchema, holders: Type.Array(wordsSchema), caretaken: Type.Boolean() })),
  actions: Type.Array(Type.Object({ id: Type.String(), title: wordsSchema, by: Type.Array(Type.Integer()) })),
  told: Type.Array(Type.Object({ title: wordsSchema, to: Type.Array(wordsSchema) })),
  ended: Type.Boolean(),
  problem: Type.Union([wordsSchema, Type.Null()]) as TSchema,
})

const tryRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/definitions/:id/trial',
    title: words('试运行流程', 'Try a definition out; nothing of it stays'),
    right: DESIGN_RIGHT,
    audit: 'loops.definition.tried',
    params: ById,
    body: Type.Object({ body: Body, data: Body, steps: Type.Array(Step, { maxItems: 50 }) }),
    atOnce: 4,
    response: Type.Object({ mistakes: Type.Array(MistakeView), states: Type.Array(StateView) }),
    example: { mistakes: [], states: [] },
    handler: async ({ params: { id }, body, actor, work }) => {
      work.audit({ event: 'loops.definition.tried', subject: { kind: 'loops.definition', id } })
      const mistakes = checked(engine, id, body.body)
      if (mistakes.length > 0) return { mistakes, states: [] }
      const definition = { ...body.body, id, version: 1 } as unknown as LoopDefinition
      return { mistakes, states: await tryOut(engine, actor, definition, body.data, body.steps) }
    },
  })

const publishRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/definitions/:id/publish',
    title: words('发布流程', 'Publish the draft: new matters follow it'),
    right: DESIGN_RIGHT,
    audit: 'loops.definition.published',
    params: ById,
    body: Type.Object({
      revision: Type.Integer({ minimum: 1 }),
      note: Type.String({ minLength: 1, maxLength: 500 }),
    }),
    response: Type.Object({ version: Type.Integer() }),
    example: { version: 2 },
    handler: async ({ params: { id }, body, work }) => {
      const version = await publish(engine, work, id, body.revision, body.note)
      work.audit({
        event: 'loops.definition.published',
        subject: { kind: 'loops.definition', id },
        details: { version },
      })
      return { version }
    },
  })

const switchRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/definitions/:id/in-force',
    title: words('启用流程的另一版本', 'Put another version in force'),
    right: DESIGN_RIGHT,
    audit: 'loops.definition.switched',
    params: ById,
    /** Null: what the code declares. */
    body: Type.Object({ version: Version }),
    response: Type.Object({ ok: Type.Boolean() }),
    example: { ok: true },
    handler: async ({ params: { id }, body, work }) => {
      await putInForce(engine, work, id, body.version)
      work.audit({
        event: 'loops.definition.switched',
        subject: { kind: 'loops.definition', id },
        details: { version: body.version },
      })
      return { ok: true }
    },
  })
