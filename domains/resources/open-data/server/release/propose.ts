import type { TObject } from 'typebox'
import { covers, identity } from '#platform/identity'
import { type LoopInstance, loops } from '#platform/loops'
import type { AnyDataset } from '#platform/registry'
import { type App, Conflict, Forbidden, InvalidInput, type Issue, type Work, words } from '#runtime'
import { type Meta, quasiOf } from '../../declarations/meta.ts'
import { type Entry, findEntry, saveEntry } from '../store.ts'
import { termOf } from '../terms.ts'
import { lockEntry } from './alone.ts'
import { isAboutPersons, openableFields } from './columns.ts'
import { findProposal, saveProposal } from './make-version.ts'
import { enqueueMaking } from './orders.ts'
import { sourceOf } from './source.ts'

export interface Proposed {
  readonly id: string
  readonly source: string
  readonly meta: Meta
}

/** Takes a proposal of the owner in: a new entry, or another version of one; its making and test begin at once. */
export async function propose(app: App, work: Work, { id, source: sourceId, meta }: Proposed): Promise<LoopInstance> {
  const source = sourceOf(app, sourceId)
  await lockEntry(work, id)
  const known = await findEntry(app, work, id)
  await checkOwner(app, work, source)
  checkProposal(source, known, meta)
  const entry: Entry = known ?? {
    ...{ id, source: sourceId, title: meta.title.zh, owner: source.source, access: meta.access },
    ...{ state: 'proposed', meta, createdAt: work.at.toISOString(), broken: false },
  }
  if (!known || known.state === 'proposed') await saveEntry(app, work, { ...entry, title: meta.title.zh, meta })
  const matter = await openMatter(app, work, entry, meta)
  await saveProposal(work, id, { meta, loop: matter.id })
  enqueueMaking(work, id)
  work.audit({
    event: 'open-data.release.proposed',
    subject: { kind: 'open-data.entry', id },
    details: {
      source: sourceId,
      fields: meta.fields,
      access: meta.access,
      persons: meta.persons,
      exempt: Object.keys(meta.exempt),
    },
  })
  return matter
}

/** A matter that waits for a correction goes on; otherwise a new one begins. */
async function openMatter(app: App, work: Work, entry: Entry, meta: Meta): Promise<LoopInstance> {
  const running = await findProposal(work, entry.id)
  const matter = running ? await app.use(loops).get(work, running.loop) : undefined
  if (matter?.endedAt === null) {
    if (matter.place !== 'correcting')
      throw new Conflict(
        'release-under-way',
        words('该数据集的发布正在办理，请等办结或退回', 'A release of this dataset is under way; wait for its end'),
      )
    return app.use(loops).act(work, {
      instance: matter.id,
      action: 'resubmit',
      revision: matter.revision,
      key: `proposed:${work.at.toISOString()}`,
    })
  }
  return app.use(loops).open(work, {
    definition: 'open-data.release',
    key: `${entry.id}:${work.at.toISOString()}`,
    data: {
      ...{ entry: entry.id, title: meta.title.zh, owner: entry.owner, version: (entry.version ?? 0) + 1 },
      term: termOf(app, 'review', work.at),
    },
  })
}

/** @throws Forbidden for data of somebody else */
async function checkOwner(app: App, work: Work, source: AnyDataset): Promise<void> {
  const scope = work.actor.rights.get('open-data.propose')
  const owner = await app.use(identity).organisation(source.source, work.tx)
  if (scope && owner && covers(scope, work.actor, { path: owner.path })) return
  throw new Forbidden(
    'not-the-owner',
    words('只有数据的责任单位可以提出开放', 'Only the organisation that answers for the data may propose to open them'),
  )
}

/** Fails closed. @throws InvalidInput naming each fault */
function checkProposal(source: AnyDataset, known: Entry | undefined, meta: Meta): void {
  const issues = [...wrongSource(source, known), ...wrongFields(source, meta), ...wrongPersons(source, meta)]
  if (issues.length === 0) return
  throw new InvalidInput('wrong-release', words('发布方案有误', 'The proposal has faults'), issues)
}

const issue = (path: string, zh: string, en: string): Issue => ({ path, message: words(zh, en) })

function wrongSource(source: AnyDataset, known: Entry | undefined): Issue[] {
  const issues: Issue[] = []
  if (source.opening === 'closed') issues.push(issue('/source', '该数据集不予开放', 'This dataset is not to be opened'))
  if (source.level === 'important' || source.level === 'core')
    issues.push(issue('/source', '重要数据和核心数据不得开放', 'Important and core data are never opened'))
  if (known && known.source !== source.id)
    issues.push(issue('/id', `编号已用于“${known.title}”`, `The id is taken by "${known.meta.title.en}"`))
  return issues
}

function wrongFields(source: AnyDataset, meta: Meta): Issue[] {
  const allowed = new Set(openableFields(source).map(({ name }) => name))
  const all = new Set(Object.keys((source.schema as TObject).properties))
  const issues = meta.fields.flatMap((name, at) =>
    allowed.has(name)
      ? []
      : [
          all.has(name)
            ? issue(
                `/meta/fields/${at}`,
                `“${name}”是个人或加密字段，不得开放`,
                `"${name}" is personal or sealed and never goes out`,
              )
            : issue(`/meta/fields/${at}`, `没有字段“${name}”`, `There is no field "${name}"`),
        ],
  )
  for (const name of Object.keys(meta.where))
    if (!allowed.has(name))
      issues.push(issue(`/meta/where/${name}`, '不能按此字段筛选', 'Rows cannot be chosen by this field'))
  for (const [list, names] of [
    ['exempt', Object.keys(meta.exempt)],
    ['sensitive', meta.sensitive],
  ] as const)
    for (const name of names)
      if (!meta.fields.includes(name))
        issues.push(issue(`/meta/${list}`, `“${name}”不在发布字段中`, `"${name}" is not among the fields`))
  if (meta.time && !meta.fields.includes(meta.time))
    issues.push(issue('/meta/time', '时间字段不在发布字段中', 'The field of time is not among the fields'))
  if (source.opening === 'conditional' && meta.access === 'open')
    issues.push(issue('/meta/access', '该数据集只能有条件开放', 'This dataset is opened on application only'))
  return issues
}

function wrongPersons(source: AnyDataset, meta: Meta): Issue[] {
  if (isAboutPersons(source) && !meta.persons)
    return [
      issue(
        '/meta/persons',
        '来源含个人信息，须按涉及个人检验',
        'The source holds personal data; say that rows are about persons',
      ),
    ]
  if (!meta.persons) return []
  const known = meta.sensitive.filter((name) => !Object.hasOwn(meta.exempt, name))
  return [
    ...(quasiOf(meta).length === 0
      ? [issue('/meta/exempt', '不能豁免全部字段，否则无法检验', 'Not every field can be exempt, or nothing is tested')]
      : []),
    ...known.map((name) =>
      issue(
        `/meta/exempt/${name}`,
        `“${name}”是敏感字段，请说明他人为何无从得知，否则不得发布`,
        `"${name}" is sensitive; say why nobody could know it from elsewhere, or leave it out`,
      ),
    ),
  ]
}
