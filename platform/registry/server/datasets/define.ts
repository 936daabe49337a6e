import { sql } from 'kysely'
import { InvalidInput, type Issue, type Work, words } from '#runtime'
import { storageOf } from '../storage.ts'
import { registryTables } from '../tables.ts'
import type { Catalogue } from './catalogue.ts'
import { type DatasetDefinition, datasetOf, definedId } from './definition.ts'

/** Makes a dataset of a steward, or its next version with further fields. Fields that hold data are never taken away. */
export async function define(work: Work, catalogue: Catalogue, definition: DatasetDefinition): Promise<string> {
  const id = definedId(definition.name)
  const before = catalogue.find(id)
  const issues = [
    ...wrongNames(definition, catalogue),
    ...(before?.definition ? lost(before.definition, definition) : []),
  ]
  if (before?.module)
    issues.push({ path: '/name', message: words('系统已有同名数据集', 'A module already declares this dataset') })
  if (issues.length > 0)
    throw new InvalidInput('wrong-definition', words('数据集定义有误', 'The definition has faults'), issues)
  const storage = storageOf(datasetOf(definition))
  if (!storage) return id
  const table = storage.table.slice('registry_data.'.length)
  const indexed = (definition.indexed ?? []).flatMap(
    (name) => storage.fields.find((each) => each.name === name)?.same ?? [],
  )
  const searchable = storage.fields.filter(({ meta }) => meta.sealed).flatMap(({ same }) => same)
  const indexes = [...new Set([...indexed, ...searchable])].filter((name) => storage.key[0] !== name)
  await sql`select registry.define_table(${table}, ${JSON.stringify(storage.columns)}::jsonb,
    ${[...storage.key]}::text[], ${indexes}::text[])`.execute(work.tx)
  const version = (before?.version ?? 0) + 1
  await registryTables(work.tx)
    .insertInto('registry.definition')
    .values({
      id,
      version,
      declaration: JSON.stringify(definition),
      by: work.actor.id,
      at: work.at,
    })
    .execute()
  work.afterCommit(() => catalogue.accept(id, definition, version))
  work.emit({ topic: 'registry.definition.saved', key: id, audience: { right: 'registry.read' } })
  return id
}

function wrongNames({ fields, key, indexed = [], scope }: DatasetDefinition, catalogue: Catalogue): Issue[] {
  const names = new Set(fields.map(({ name }) => name))
  const issues: Issue[] = []
  if (names.size !== fields.length)
    issues.push({ path: '/fields', message: words('字段名重复', 'Two fields have the same name') })
  for (const [at, name] of key.entries())
    if (!fields.some((each) => each.name === name && each.required && each.kind !== 'point'))
      issues.push({ path: `/key/${at}`, message: words('主键应为必填字段', 'The key must be a required field') })
  for (const [at, name] of indexed.entries())
    if (!fields.some((each) => each.name === name && each.kind !== 'point'))
      issues.push({ path: `/indexed/${at}`, message: words('没有这个字段', 'There is no such field') })
  for (const name of [scope?.division, scope?.organisation])
    if (name !== undefined && !names.has(name))
      issues.push({ path: '/scope', message: words('没有这个字段', 'There is no such field') })
  for (const [at, { kind, codes }] of fields.entries())
    if (kind === 'code' && !catalogue.codeLists().some(({ id }) => id === codes))
      issues.push({ path: `/fields/${at}/codes`, message: words('没有这个代码表', 'There is no such code list') })
  return issues
}

/** Key, fields, their kinds and their sealing stay as they were. */
function lost(before: DatasetDefinition, after: DatasetDefinition): Issue[] {
  const issues: Issue[] = []
  if (before.key.join() !== after.key.join())
    issues.push({ path: '/key', message: words('主键不能更改', 'The key cannot be changed') })
  for (const old of before.fields) {
    const at = after.fields.findIndex(({ name }) => name === old.name)
    const now = after.fields[at]
    const isSealed = (each: typeof old) => each.sealed ?? (each.kind === 'identity' || each.kind === 'phone')
    if (!now)
      issues.push({
        path: '/fields',
        message: words(`字段“${old.title.zh}”不能删除`, `The field "${old.name}" cannot be taken away`),
      })
    else if (now.kind !== old.kind || isSealed(now) !== isSealed(old))
      issues.push({
        path: `/fields/${at}/kind`,
        message: words('已有字段的类型不能更改', 'The kind of an existing field cannot be changed'),
      })
  }
  for (const [at, { name, required }] of after.fields.entries())
    if (required && !before.fields.some((old) => old.name === name && old.required))
      issues.push({
        path: `/fields/${at}/required`,
        message: words('已有数据的数据集不能增加必填字段', 'A dataset that is in use cannot get a required field'),
      })
  return issues
}
