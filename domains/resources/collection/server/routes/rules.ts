import { Type } from 'typebox'
import { planCheck, type QualityCheck, rowSight } from '#platform/registry'
import { type App, route, words } from '#runtime'
import { wantCheck } from '../corrections/correction-hooks.ts'
import { getDataset } from '../known-datasets.ts'
import { checkContext } from '../quality/active-rules.ts'
import { askChecks, type Found, refreshFor } from '../quality/ask-checks.ts'
import { publishRule, saveRule, withdrawRule } from '../quality/write-rule.ts'
import { Done, Nullable, RuleBody, Words } from './schemas.ts'

const RuleParams = Type.Object({ id: Type.Integer({ minimum: 1 }) })
const EXAMPLES = 10
const TRIAL_SECONDS = 300

/** `POST /api/collection/rules/trial`: what a rule finds in the data as they are now, before it is kept. */
export const tryRuleRoute = (app: App) =>
  route({
    method: 'POST',
    path: '/api/collection/rules/trial',
    title: words('试查质量规则', 'Try a rule'),
    right: 'collection.rules',
    audit: 'collection.rule.tried',
    body: Type.Pick(RuleBody, ['dataset', 'check']),
    response: Type.Object({
      rows: Type.Integer(),
      bad: Type.Integer(),
      problem: Nullable(Words),
      examples: Type.Array(Type.Unknown()),
    }),
    example: { rows: 20000, bad: 12, problem: null, examples: [{ id: 7, value: {} }] },
    atOnce: 4,
    // A copy of a large dataset takes longer than any transaction should.
    receive: async (request) => {
      const { dataset: id, check } = request.body as { dataset: string; check: QualityCheck }
      const plan = planCheck(getDataset(app, id), check, checkContext(app))
      const signal = AbortSignal.timeout(TRIAL_SECONDS * 1000)
      const on = await refreshFor(app, id, [plan], signal)
      return (await askChecks(app, on, [plan], signal))[0]
    },
    handler: async ({ body, received, work }) => {
      const dataset = getDataset(app, body.dataset)
      const found = received as Found | undefined
      const sample = found?.sample.slice(0, EXAMPLES) ?? []
      const purposeful = { ...work, purpose: work.purpose ?? '试查质量规则 · trial of a rule' }
      const examples = sample.length > 0 ? await app.use(rowSight).rows(purposeful, dataset.id, sample) : []
      work.audit({
        event: 'collection.rule.tried',
        subject: { kind: 'registry.dataset', id: dataset.id },
        details: { check: body.check.kind, bad: found?.bad ?? 0 },
      })
      return {
        rows: found?.rows ?? 0,
        bad: found?.bad ?? 0,
        problem: found?.problem ?? null,
        examples: examples.map(({ id, value }) => ({ id, value })),
      }
    },
  })

export const saveRuleRoute = (app: App) =>
  route({
    method: 'POST',
    path: '/api/collection/rules',
    title: words('保存质量规则', 'Save a rule'),
    right: 'collection.rules',
    audit: 'collection.rule.saved',
    body: RuleBody,
    response: Type.Object({ id: Type.Integer() }),
    example: { id: 17 },
    handler: async ({ body, work }) => ({ id: await saveRule(app, work, body) }),
  })

export const publishRuleRoute = () =>
  route({
    method: 'POST',
    path: '/api/collection/rules/:id/publish',
    title: words('发布质量规则', 'Put a rule in force'),
    right: 'collection.publish',
    audit: 'collection.rule.decided',
    params: RuleParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, work }) => {
      wantCheck(work, await publishRule(work, params.id))
      return { done: true }
    },
  })

export const withdrawRuleRoute = () =>
  route({
    method: 'POST',
    path: '/api/collection/rules/:id/withdraw',
    title: words('停用质量规则', 'Take a rule out of force'),
    right: 'collection.rules',
    audit: 'collection.rule.decided',
    params: RuleParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, work }) => {
      wantCheck(work, await withdrawRule(work, params.id))
      return { done: true }
    },
  })
