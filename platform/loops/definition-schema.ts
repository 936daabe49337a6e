import { Type } from 'typebox'

const exact = { additionalProperties: false } as const
const words = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, exact)
const name = Type.String({ pattern: '^[a-z][A-Za-z0-9-]{0,59}$' })
const hook = Type.String({ pattern: '^[a-z0-9.-]+\\.[A-Za-z0-9-]+$' })
const duration = Type.String({ pattern: '^[1-9]\\d{0,5}(min|h|wh|hwd|wd|d|m|y)$' })
const field = Type.String({ minLength: 1 })
const form = Type.Object(
  { type: Type.Literal('object'), properties: Type.Record(Type.String(), Type.Unknown()) },
  { additionalProperties: true },
)

const assignee = Type.Union([
  Type.Object(
    {
      right: Type.String(),
      of: Type.Optional(Type.Union([Type.Literal('division'), Type.Object({ field }, exact)])),
    },
    exact,
  ),
  Type.Object({ post: Type.String() }, exact),
  Type.Object({ organisationIn: Type.String(), right: Type.String() }, exact),
  Type.Object({ holder: Type.Literal(true) }, exact),
  Type.Object({ opener: Type.Literal(true) }, exact),
  Type.Object({ whoDid: name }, exact),
  Type.Object({ accountIn: Type.String() }, exact),
  Type.Object({ postIn: Type.String() }, exact),
  Type.Object({ hook }, exact),
])
const assignees = Type.Union([assignee, Type.Array(assignee, { minItems: 1 })])

const after = Type.Optional(duration)
const clock = Type.Object(
  {
    limit: Type.Union([duration, Type.Object({ field }, exact)]),
    from: Type.Optional(name),
    basis: Type.Optional(words),
    warnBefore: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,5}(min|h|wh|hwd|wd|d)$' })),
    rollover: Type.Optional(Type.Boolean()),
    extension: Type.Optional(Type.Object({ by: duration, who: assignee }, exact)),
    pausable: Type.Optional(Type.Boolean()),
    atLimit: Type.Optional(
      Type.Array(Type.Union([Type.Object({ urge: assignee, after }, exact), Type.Object({ act: name, after }, exact)])),
    ),
  },
  exact,
)

const fork = Type.Object({ choose: hook, among: Type.Array(name, { minItems: 2 }) }, exact)

const place = Type.Object(
  {
    title: words,
    kind: Type.Union([Type.Literal('open'), Type.Literal('waiting'), Type.Literal('end')]),
    assign: Type.Optional(assignees),
    clock: Type.Optional(clock),
    beside: Type.Optional(clock),
    joint: Type.Optional(
      Type.Object(
        {
          loop: Type.String(),
          units: Type.String(),
          as: Type.String(),
          cancelBy: Type.Optional(name),
          leaveBy: name,
          sharesClock: Type.Optional(Type.Boolean()),
        },
        exact,
      ),
    ),
    outcome: Type.Optional(Type.Union([Type.Literal('done'), Type.Literal('withdrawn'), Type.Literal('refused')])),
  },
  exact,
)

const action = Type.Object(
  {
    title: words,
    from: Type.Union([Type.Literal('*'), Type.Array(name, { minItems: 1 })]),
    to: Type.Optional(Type.Union([name, fork])),
    who: Type.Optional(assignees),
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    notBy: Type.Optional(Type.Array(name)),
    form: Type.Optional(form),
    evidence: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    guards: Type.Optional(Type.Array(hook)),
    effects: Type.Optional(Type.Array(hook)),
    clock: Type.Optional(
      Type.Object(
        {
          pause: Type.Optional(Type.Literal(true)),
          resume: Type.Optional(Type.Literal(true)),
          restart: Type.Optional(Type.Literal(true)),
          extend: Type.Optional(Type.Union([duration, Type.Object({ field }, exact)])),
        },
        exact,
      ),
    ),
    automatic: Type.Optional(
      Type.Union([
        Type.Literal('clock'),
        Type.Literal('warning-cleared'),
        Type.Literal('joint-ended'),
        Type.Literal('service'),
      ]),
    ),
    look: Type.Optional(Type.Union([Type.Literal('primary'), Type.Literal('default'), Type.Literal('danger')])),
  },
  exact,
)

/** JSON Schema of a definition: what the loader checks before it looks at the graph, and what an editor must produce. */
export const definitionSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9.-]+\\.[a-z0-9-]+$' }),
    version: Type.Integer({ minimum: 1 }),
    title: words,
    about: Type.Optional(words),
    data: form,
    headline: words,
    page: Type.Optional(Type.Object({ title: words, path: Type.String({ pattern: '^/[^/]' }) }, exact)),
    places: Type.Record(name, place),
    start: Type.Union([name, fork]),
    actions: Type.Record(name, action),
    clock: Type.Optional(clock),
    readers: Type.Optional(Type.Array(assignee)),
    confidential: Type.Optional(Type.Object({ right: Type.String() }, exact)),
    division: Type.Optional(field),
    evaluation: Type.Optional(form),
    served: Type.Optional(assignee),
    opens: Type.Optional(Type.Object({ right: Type.String() }, exact)),
    reopen: Type.Optional(Type.Object({ within: duration, to: name }, exact)),
    without: Type.Optional(Type.Array(Type.String())),
    divisible: Type.Optional(Type.Literal(true)),
    refusal: Type.Optional(Type.Object({ to: assignees, subject: Type.Array(field, { minItems: 1 }) }, exact)),
  },
  exact,
)
