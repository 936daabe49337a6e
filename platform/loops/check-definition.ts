import type { TObject } from 'typebox'
import { issuesIn } from '#platform/forms'
import { fieldMeta } from '#platform/registry'
import type { Assignee, ClockRule, LoopDefinition } from './definition.ts'
import { definitionSchema } from './definition-schema.ts'
import { GENERIC } from './generic-actions.ts'
import { placeholders } from './headline.ts'
import { asList, assigneesOf, startsFrom, targetsOf } from './server/walk-definition.ts'

/** What a definition may refer to. */
export interface Known {
  readonly rights: ReadonlySet<string>
  readonly definitions: ReadonlyMap<string, LoopDefinition>
}

/** Every mistake of a definition, each one English sentence; none if it can run. */
export function mistakesIn(definition: LoopDefinition, known: Known): string[] {
  const shape = issuesIn(definitionSchema, definition, '').map(({ path, message }) => `${path}: ${message.en}`)
  if (shape.length > 0) return shape
  return [
    ...graphMistakes(definition),
    ...fieldMistakes(definition),
    ...clockMistakes(definition),
    ...jointMistakes(definition, known),
    ...whoMistakes(definition, known),
  ]
}

function graphMistakes({ places, actions, start, reopen }: LoopDefinition): string[] {
  const missing = (place: string, by: string) =>
    places[place] ? [] : [`${by} names the place "${place}", which is missing`]
  const edges = Object.values(actions).flatMap((action) =>
    Object.entries(places)
      .filter(([name, place]) => startsFrom(action, name, place))
      .flatMap(([from]) => targetsOf(action.to).map((to) => ({ from, to }))),
  )
  const ends = Object.keys(places).filter((name) => places[name]?.kind === 'end')
  const reached = spread(targetsOf(start), (at) => edges.filter(({ from }) => from === at).map(({ to }) => to))
  const ending = spread(ends, (at) => edges.filter(({ to }) => to === at).map(({ from }) => from))
  return [
    ...targetsOf(start).flatMap((place) => missing(place, 'start')),
    ...(reopen ? missing(reopen.to, 'reopen') : []),
    ...Object.entries(actions).flatMap(([id, { from, to }]) =>
      [...(from === '*' ? [] : from), ...targetsOf(to)].flatMap((place) => missing(place, `action "${id}"`)),
    ),
    ...Object.entries(actions).flatMap(([id, { from }]) =>
      from !== '*' && from.some((place) => places[place]?.kind === 'end') ? [`action "${id}" starts from an end`] : [],
    ),
    ...Object.keys(places).flatMap((name) => [
      ...(reached.has(name) ? [] : [`nothing leads to the place "${name}"`]),
      ...(ending.has(name) ? [] : [`from the place "${name}" no action leads to an end`]),
    ]),
    ...Object.entries(places).flatMap(([name, { kind, outcome }]) =>
      (kind === 'end') === (outcome !== undefined)
        ? []
        : [`the place "${name}" must have an outcome if it is an end, and only then`],
    ),
  ]
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

function fieldMistakes(definition: LoopDefinition): string[] {
  const { data, headline, division } = definition
  const lacks = (field: string, by: string) =>
    data.properties[field] ? [] : [`${by} names the data field "${field}", which is missing`]
  const forms = [data, definition.evaluation, ...Object.values(definition.actions).map((action) => action.form)]
  return [
    ...[headline.zh, headline.en].flatMap(placeholders).flatMap((field) => lacks(field, 'headline')),
    ...(division === undefined ? [] : lacks(division, 'division')),
    ...assigneesOf(definition).flatMap((who) => fieldsOf(who).flatMap((field) => lacks(field, 'an assignee'))),
    ...forms.flatMap((form) => (form ? sealedIn(form) : [])),
  ]
}

const fieldsOf = (who: Assignee): string[] => {
  if ('organisationIn' in who) return [who.organisationIn]
  if ('accountIn' in who) return [who.accountIn]
  if ('postIn' in who) return [who.postIn]
  return 'right' in who && typeof who.of === 'object' ? [who.of.field] : []
}

const sealedIn = (form: TObject): string[] =>
  Object.entries(form.properties).flatMap(([name, schema]) =>
    fieldMeta(schema)?.sealed
      ? [`the field "${name}" is sealed; keep it in a dataset and let the matter carry a reference to it`]
      : [],
  )

function clockMistakes(definition: LoopDefinition): string[] {
  const { places, actions, clock, data } = definition
  const rules: readonly (readonly [string, ClockRule | undefined])[] = [
    ['the matter', clock],
    ...Object.entries(places).map(([name, place]) => [`the place "${name}"`, place.clock] as const),
  ]
  return rules.flatMap(([where, rule]) => {
    if (!rule) return []
    const acts = (rule.atLimit ?? []).flatMap((step) => ('act' in step ? [step.act] : []))
    return [
      ...(typeof rule.limit === 'object' && !data.properties[rule.limit.field]
        ? [`the clock of ${where} names the data field "${rule.limit.field}", which is missing`]
        : []),
      ...(rule.from !== undefined && !places[rule.from]
        ? [`the clock of ${where} begins at "${rule.from}", which is missing`]
        : []),
      ...acts.flatMap((act) =>
        actions[act]?.automatic === 'clock'
          ? []
          : [`the clock of ${where} does "${act}", which is no action with automatic: 'clock'`],
      ),
    ]
  })
}

function jointMistakes({ places, actions, data }: LoopDefinition, { definitions }: Known): string[] {
  return Object.entries(places).flatMap(([name, { joint }]) => {
    if (!joint) return []
    const sub = definitions.get(joint.loop)
    const at = `the joint handling of "${name}"`
    return [
      ...(actions[joint.leaveBy]?.automatic === 'joint-ended'
        ? []
        : [`${at} leaves by "${joint.leaveBy}", which is no action with automatic: 'joint-ended'`]),
      ...(data.properties[joint.units] ? [] : [`${at} names the data field "${joint.units}", which is missing`]),
      ...(sub ? [] : [`${at} opens "${joint.loop}", which is not declared`]),
      ...(sub && !sub.data.properties[joint.as] ? [`${at} fills "${joint.as}", which "${joint.loop}" lacks`] : []),
      ...(sub && joint.cancelBy !== undefined && !sub.actions[joint.cancelBy]
        ? [`${at} cancels by "${joint.cancelBy}", which "${joint.loop}" lacks`]
        : []),
    ]
  })
}

function whoMistakes(definition: LoopDefinition, { rights }: Known): string[] {
  const { actions, without = [] } = definition
  const named = assigneesOf(definition)
  const right = (id: string) => (rights.has(id) ? [] : [`the right "${id}" is declared by no module`])
  const deed = (id: string, by: string) => (actions[id] ? [] : [`${by} names the action "${id}", which is missing`])
  return [
    ...named.flatMap((who) => ('right' in who ? right(who.right) : [])),
    ...named.flatMap((who) => ('whoDid' in who ? deed(who.whoDid, 'an assignee') : [])),
    ...(definition.opens ? right(definition.opens.right) : []),
    ...Object.entries(actions).flatMap(([id, action]) =>
      (action.notBy ?? []).flatMap((other) => deed(other, `action "${id}"`)),
    ),
    ...Object.entries(actions).flatMap(([id, action]) =>
      action.automatic && asList(action.who).length > 0
        ? [`action "${id}" is automatic, so nobody may be named for it`]
        : [],
    ),
    ...without.flatMap((id) => (GENERIC.includes(id) ? [] : [`"${id}" is no generic action`])),
  ]
}
