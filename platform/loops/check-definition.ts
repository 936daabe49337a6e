import type { TObject, TSchema } from 'typebox'
import { issuesIn } from '#platform/forms'
import { fieldMeta } from '#platform/registry'
import { type Words, words } from '#runtime'
import type { Assignee, ClockRule, JointRule, LoopDefinition } from './definition.ts'
import { definitionSchema } from './definition-schema.ts'
import { GENERIC } from './generic-actions.ts'
import { placeholders } from './headline.ts'
import { asList, assigneesOf, startsFrom, targetsOf } from './server/walk-definition.ts'

/** What a definition may refer to. */
export interface Known {
  readonly rights: ReadonlySet<string>
  readonly definitions: ReadonlyMap<string, LoopDefinition>
}

/** Why a definition cannot run, and where: a JSON pointer such as `/places/deciding`, which an editor can mark. */
export interface Mistake {
  readonly at: string
  readonly message: Words
}

/** Every mistake of a definition; none if it can run. */
export function mistakesIn(definition: LoopDefinition, known: Known): Mistake[] {
  const shape = issuesIn(definitionSchema, definition, '').map(({ path, message }) =>
    mistake(path, `${path}：${message.zh}`, `${path}: ${message.en}`),
  )
  if (shape.length > 0) return shape
  return [
    ...placeMistakes(definition),
    ...wayMistakes(definition),
    ...fieldMistakes(definition),
    ...clockMistakes(definition),
    ...jointMistakes(definition, known),
    ...whoMistakes(definition, known),
  ]
}

const mistake = (at: string, zh: string, en: string): Mistake => ({ at, message: words(zh, en) })

/** Names that lead nowhere. */
function placeMistakes({ places, actions, start, reopen }: LoopDefinition): Mistake[] {
  const missing = (place: string, at: string, by: string) =>
    places[place]
      ? []
      : [mistake(at, `${at} 所指的环节“${place}”不存在`, `${by} names the place "${place}", which is missing`)]
  return [
    ...targetsOf(start).flatMap((place) => missing(place, '/start', 'start')),
    ...(reopen ? missing(reopen.to, '/reopen', 'reopen') : []),
    ...Object.entries(actions).flatMap(([id, { from, to }]) =>
      [...(from === '*' ? [] : from), ...targetsOf(to)].flatMap((place) =>
        missing(place, `/actions/${id}`, `action "${id}"`),
      ),
    ),
    ...Object.entries(actions).flatMap(([id, { from, title }]) =>
      from !== '*' && from.some((place) => places[place]?.kind === 'end')
        ? [mistake(`/actions/${id}`, `操作“${title.zh}”从办结环节开始`, `the action "${title.en}" starts from an end`)]
        : [],
    ),
    ...Object.entries(places).flatMap(([name, { kind, outcome, title }]) =>
      (kind === 'end') === (outcome !== undefined)
        ? []
        : [
            mistake(
              `/places/${name}`,
              `环节“${title.zh}”：办结环节须有办理结果，其他环节不得有`,
              `"${title.en}" must have an outcome if it is an end, and only then`,
            ),
          ],
    ),
  ]
}

/** Places that cannot be reached or left. */
function wayMistakes({ places, actions, start }: LoopDefinition): Mistake[] {
  const edges = Object.values(actions).flatMap((action) =>
    Object.entries(places)
      .filter(([name, place]) => startsFrom(action, name, place))
      .flatMap(([from]) => targetsOf(action.to).map((to) => ({ from, to }))),
  )
  const ends = Object.keys(places).filter((name) => places[name]?.kind === 'end')
  if (ends.length === 0) return [mistake('/places', '还没有办结环节，请添加一个', 'there is no end yet: add one')]
  const reached = spread(targetsOf(start), (at) => edges.filter(({ from }) => from === at).map(({ to }) => to))
  const ending = spread(ends, (at) => edges.filter(({ to }) => to === at).map(({ from }) => from))
  return Object.entries(places).flatMap(([name, { title }]) => [
    ...(reached.has(name)
      ? []
      : [mistake(`/places/${name}`, `没有操作通向环节“${title.zh}”`, `nothing leads to "${title.en}"`)]),
    ...(ending.has(name)
      ? []
      : [mistake(`/places/${name}`, `从环节“${title.zh}”无法到达办结`, `no way leads from "${title.en}" to an end`)]),
  ])
}

/** Everything that can be reached. */
function spread(from: readonly string[], next: (at: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const todo = [...from]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    todo.push(...next(at))
  }
  return seen
}

/** A mistake where the data lacks a field. */
const lacks = ({ data }: LoopDefinition, field: string, at: string, by: string): Mistake[] =>
  data.properties[field]
    ? []
    : [mistake(at, `${at} 所指的数据项“${field}”不存在`, `${by} names the data field "${field}", which is missing`)]

function fieldMistakes(definition: LoopDefinition): Mistake[] {
  const { data, headline, division, refusal, page } = definition
  const forms: readonly (readonly [string, TObject | undefined])[] = [
    ['/data', data],
    ['/evaluation', definition.evaluation],
    ...Object.entries(definition.actions).map(([id, { form }]) => [`/actions/${id}/form`, form] as const),
  ]
  return [
    ...placeholders(page?.path ?? '')
      .filter((field) => field !== 'id')
      .flatMap((field) => lacks(definition, field, '/page', 'page')),
    ...[headline.zh, headline.en]
      .flatMap(placeholders)
      .flatMap((field) => lacks(definition, field, '/headline', 'headline')),
    ...(division === undefined ? [] : lacks(definition, division, '/division', 'division')),
    ...(refusal?.subject ?? []).flatMap((field) => lacks(definition, field, '/refusal', 'refusal')),
    ...assigneesOf(definition).flatMap((who) =>
      fieldsOf(who)
        .filter((field) => field !== '')
        .flatMap((field) => lacks(definition, field, '', 'an assignee')),
    ),
    ...forms.flatMap(([at, form]) => (form ? sealedIn(at, form) : [])),
  ]
}

const fieldsOf = (who: Assignee): string[] => {
  if ('organisationIn' in who) return [who.organisationIn]
  if ('accountIn' in who) return [who.accountIn]
  if ('postIn' in who) return [who.postIn]
  return 'right' in who && typeof who.of === 'object' ? [who.of.field] : []
}

const sealedIn = (at: string, form: TObject): Mistake[] =>
  Object.entries(form.properties).flatMap(([name, schema]) =>
    fieldMeta(schema)?.sealed
      ? [
          mistake(
            at,
            `数据项“${name}”须加密存放，请存入数据集，事项只记引用`,
            `the field "${name}" is sealed; keep it in a dataset and let the matter carry a reference to it`,
          ),
        ]
      : [],
  )

function clockMistakes(definition: LoopDefinition): Mistake[] {
  const { places, actions, clock } = definition
  const rules: readonly (readonly [string, string, ClockRule | undefined])[] = [
    ['/clock', 'the matter', clock],
    ...Object.entries(places).flatMap(([name, { clock: own, beside }]) => [
      [`/places/${name}/clock`, `the place "${name}"`, own] as const,
      [`/places/${name}/beside`, `the place "${name}"`, beside] as const,
    ]),
  ]
  const growing = Object.entries(actions).flatMap(([id, { clock: turn, form }]) =>
    typeof turn?.extend === 'object' && !form?.properties[turn.extend.field]
      ? [
          mistake(
            `/actions/${id}`,
            `操作 ${id} 的延长期限取自表单项“${turn.extend.field}”，表单中没有`,
            `action "${id}" extends by the form field "${turn.extend.field}", which is missing`,
          ),
        ]
      : [],
  )
  return [...growing, ...rules.flatMap(([at, by, rule]) => (rule ? ruleMistakes(definition, at, by, rule) : []))]
}

function ruleMistakes(definition: LoopDefinition, at: string, by: string, rule: ClockRule): Mistake[] {
  const { places, actions } = definition
  const acts = (rule.atLimit ?? []).flatMap((step) => ('act' in step ? [step.act] : []))
  return [
    ...(typeof rule.limit === 'object' ? lacks(definition, rule.limit.field, at, `the clock of ${by}`) : []),
    ...(rule.from !== undefined && !places[rule.from]
      ? [
          mistake(
            at,
            `${at} 的起算环节“${rule.from}”不存在`,
            `the clock of ${by} begins at "${rule.from}", which is missing`,
          ),
        ]
      : []),
    ...acts.flatMap((act) =>
      actions[act]?.automatic === 'clock'
        ? []
        : [
            mistake(
              at,
              `${at} 到期自动办理“${act}”，但它不是到期自动操作`,
              `the clock of ${by} does "${act}", which is no action with automatic: 'clock'`,
            ),
          ],
    ),
  ]
}

function jointMistakes(definition: LoopDefinition, { definitions }: Known): Mistake[] {
  const { places, actions, clock } = definition
  return Object.entries(places).flatMap(([name, { joint, title }]) => {
    if (!joint) return []
    const unsaid = unsaidOf(joint, `/places/${name}`, title)
    if (unsaid.length > 0) return unsaid
    const sub = definitions.get(joint.loop)
    const at = `/places/${name}/joint`
    const by = `the joint handling of "${name}"`
    return [
      ...(sub ? shareLacks(definition, sub, joint, at) : []),
      ...(actions[joint.leaveBy]?.automatic === 'joint-ended'
        ? []
        : [
            mistake(
              at,
              `联办结束的操作“${joint.leaveBy}”不是联办办结自动操作`,
              `${by} leaves by "${joint.leaveBy}", which is no action with automatic: 'joint-ended'`,
            ),
          ]),
      ...lacks(definition, joint.units, at, by),
      ...(sub
        ? []
        : [mistake(at, `子事项“${joint.loop}”不存在`, `${by} opens "${joint.loop}", which is not declared`)]),
      ...(sub && !sub.data.properties[joint.as]
        ? [
            mistake(
              at,
              `子事项“${joint.loop}”没有数据项“${joint.as}”`,
              `${by} fills "${joint.as}", which "${joint.loop}" lacks`,
            ),
          ]
        : []),
      ...(sub && joint.cancelBy !== undefined && !sub.actions[joint.cancelBy]
        ? [
            mistake(
              at,
              `子事项“${joint.loop}”没有操作“${joint.cancelBy}”`,
              `${by} cancels by "${joint.cancelBy}", which "${joint.loop}" lacks`,
            ),
          ]
        : []),
      ...(joint.sharesClock && !(clock && (sub === undefined || sub.clock))
        ? [
            mistake(
              at,
              '联办共用期限，主办与子事项都须有总期限',
              `${by} shares a clock, so both this and "${joint.loop}" need one over the matter`,
            ),
          ]
        : []),
    ]
  })
}

/** The first thing that joint handling does not say yet; what follows depends on it. */
function unsaidOf({ loop, units, as }: JointRule, at: string, { zh, en }: Words): Mistake[] {
  const say = (what: string, which: string) => [
    mistake(at, `联合办理环节“${zh}”：请选择${what}`, `joint handling of "${en}": choose ${which}`),
  ]
  if (units === '') return say('哪些单位（取自哪一项）', 'the field that names the units')
  if (loop === '') return say('各单位按哪个流程办理', 'the definition that the units follow')
  return as === '' ? say('子事项中记单位的填写项', 'their field that names the unit') : []
}

/** What the definition of the units demands at the opening and this one cannot give. */
const shareLacks = ({ data }: LoopDefinition, sub: LoopDefinition, { as }: JointRule, at: string): Mistake[] =>
  (sub.data.required ?? [])
    .filter((name: string) => name !== as && !data.properties[name])
    .map((name: string) => {
      const title = fieldMeta(sub.data.properties[name] as TSchema)?.title ?? words(name, name)
      return mistake(
        at,
        `各单位所用的流程“${sub.title.zh}”必须填写“${title.zh}”（${name}），本流程没有这一项`,
        `"${sub.title.en}", which the units follow, demands "${title.en}" (${name}), which this one has not`,
      )
    })

/** Where somebody is named by a post or a field that nobody has chosen yet. */
function unchosenMistakes(definition: LoopDefinition): Mistake[] {
  const { places, actions } = definition
  const known: readonly (readonly [at: string, of: Words, who: readonly Assignee[]])[] = [
    ...Object.entries(places).map(
      ([
        id,
        {
          title: { zh, en },
          assign,
        },
      ]) => [`/places/${id}`, words(`环节“${zh}”`, `"${en}"`), asList(assign)] as const,
    ),
    ...Object.entries(actions).map(
      ([
        id,
        {
          title: { zh, en },
          who,
        },
      ]) => [`/actions/${id}`, words(`操作“${zh}”`, `the action "${en}"`), asList(who)] as const,
    ),
  ]
  const placed = new Set(known.flatMap(([, , who]) => who))
  const others = assigneesOf(definition).filter((who) => !placed.has(who))
  return [...known, ['', words('事项', 'the matter'), others] as const].flatMap(([at, of, who]) => {
    if (who.some((one) => 'post' in one && one.post === ''))
      return [mistake(at, `${of.zh}没有选定岗位`, `for ${of.en} no post is chosen`)]
    return who.some((one) => fieldsOf(one).includes(''))
      ? [
          mistake(
            at,
            `${of.zh}没有选定由哪一个填写项决定谁办理`,
            `for ${of.en} no field that says who handles it is chosen`,
          ),
        ]
      : []
  })
}

function whoMistakes(definition: LoopDefinition, { rights }: Known): Mistake[] {
  const { actions, without = [] } = definition
  const named = assigneesOf(definition)
  const right = (id: string, at: string) =>
    rights.has(id) ? [] : [mistake(at, `权限“${id}”不存在`, `the right "${id}" is declared by no module`)]
  const deed = (id: string, at: string, by: string) =>
    actions[id] ? [] : [mistake(at, `所指的操作“${id}”不存在`, `${by} names the action "${id}", which is missing`)]
  return [
    ...named.flatMap((who) => ('right' in who ? right(who.right, '') : [])),
    ...named.flatMap((who) => ('whoDid' in who ? deed(who.whoDid, '', 'an assignee') : [])),
    ...unchosenMistakes(definition),
    ...(definition.confidential ? right(definition.confidential.right, '/confidential') : []),
    ...(definition.opens ? right(definition.opens.right, '/opens') : []),
    ...Object.entries(actions).flatMap(([id, action]) =>
      (action.notBy ?? []).flatMap((other) => deed(other, `/actions/${id}`, `action "${id}"`)),
    ),
    ...Object.entries(actions).flatMap(([id, action]) =>
      action.automatic && asList(action.who).length > 0
        ? [
            mistake(
              `/actions/${id}`,
              `操作“${action.title.zh}”是自动的，不能指定办理人`,
              `action "${id}" is automatic, so nobody may be named for it`,
            ),
          ]
        : [],
    ),
    ...without.flatMap((id) =>
      GENERIC.includes(id) ? [] : [mistake('/without', `没有通用操作“${id}”`, `"${id}" is no generic action`)],
    ),
  ]
}
