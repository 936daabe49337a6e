import type { Shelved } from '../site/shelf.ts'
import type { Asked } from './actions.ts'
import { ckanInvalid } from './errors.ts'
import { ckanName, packageOf } from './package.ts'
import { parseQuery, type Searched } from './query.ts'

const MOST_ROWS = 1_000
const MOST_FACETS = 1_000

type Package = ReturnType<typeof packageOf>

/** `package_search`: text, filters, order and facets over the shelf. */
export async function packageSearch(asked: Asked) {
  const { given, shelf } = asked
  const tests = [
    parseQuery(given.text('q') || '*:*', 'q'),
    ...[given.text('fq') ?? '', ...(given.list('fq_list') ?? [])].filter(Boolean).map((each) => parseQuery(each, 'fq')),
  ]
  const all = (await shelf.all()).map((shelved) => ({ shelved, found: packageOf(shelved, asked) }))
  const hits = all.filter(({ shelved, found }) => {
    const thing = searched(shelved, found)
    return tests.every((test) => test(thing))
  })
  const sort = given.text('sort') || 'score desc, metadata_modified desc'
  const ordered = hits.map(({ found }) => found).toSorted(orderOf(sort))
  const start = given.number('start', 0, Number.MAX_SAFE_INTEGER)
  const rows = given.number('rows', 10, MOST_ROWS)
  return {
    count: ordered.length,
    sort,
    results: ordered.slice(start, start + rows),
    ...facets(
      asked,
      hits.map(({ shelved, found }) => searched(shelved, found)),
      ordered,
    ),
  }
}

/** What the index of CKAN knows of a dataset, by its names of fields. */
function fieldsOf(found: Package): Readonly<Record<string, readonly string[]>> {
  const single = (value: string | null) => (value === null ? [] : [value])
  return {
    id: [found.id],
    name: [found.name],
    title: [found.title],
    title_string: [found.title],
    notes: [found.notes],
    author: [found.author],
    maintainer: [found.maintainer],
    organization: [found.organization.name],
    owner_org: [found.owner_org],
    groups: found.groups.map(({ name }) => name),
    tags: found.tags.map(({ name }) => name),
    res_format: [...new Set(found.resources.map(({ format }) => format))],
    license_id: [found.license_id],
    isopen: [String(found.isopen)],
    state: [found.state],
    type: [found.type],
    dataset_type: [found.type],
    capacity: ['public'],
    private: [String(found.private)],
    metadata_created: single(found.metadata_created),
    metadata_modified: single(found.metadata_modified),
    ...Object.fromEntries(found.extras.map(({ key, value }) => [`extras_${key}`, [value]])),
  }
}

function searched(shelved: Shelved, found: Package): Searched {
  const fields = fieldsOf(found)
  return {
    text: shelved.text,
    field: (name) => fields[name] ?? (name === 'frequency' ? fields.extras_frequency : undefined),
  }
}

/** @throws a CKAN validation error for a field that has no order */
function orderOf(sort: string): (a: Package, b: Package) => number {
  const parts = sort.split(',').map((part) => {
    const [field = '', direction = 'asc'] = part.trim().split(/\s+/)
    return { field, sign: direction === 'desc' ? -1 : 1 }
  })
  return (a, b) => {
    for (const { field, sign } of parts) {
      if (field === 'score') continue
      const [left, right] = [fieldsOf(a)[field], fieldsOf(b)[field]]
      if (!left || !right) throw ckanInvalid('sort', `Cannot sort by "${field}"`)
      const order = (left[0] ?? '').localeCompare(right[0] ?? '')
      if (order !== 0) return order * sign
    }
    return 0
  }
}

/** Counts by name, and the same with names to show. */
function facets({ given }: Asked, hits: readonly Searched[], packages: readonly Package[]) {
  const names = given.list('facet.field') ?? []
  const most = given.number('facet.limit', 50, MOST_FACETS)
  const counted = names.map((name) => {
    const counts = new Map<string, number>()
    for (const hit of hits) for (const value of hit.field(name) ?? []) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [name, [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, most)] as const
  })
  return {
    facets: Object.fromEntries(counted.map(([name, pairs]) => [name, Object.fromEntries(pairs)])),
    search_facets: Object.fromEntries(
      counted.map(([name, pairs]) => [
        name,
        {
          title: name,
          items: pairs.map(([value, count]) => ({ name: value, display_name: shown(packages, name, value), count })),
        },
      ]),
    ),
  }
}

function shown(packages: readonly Package[], field: string, value: string): string {
  if (field === 'organization')
    return packages.find(({ owner_org }) => owner_org === value)?.organization.title ?? value
  if (field !== 'groups') return value
  const all = packages.flatMap(({ groups }) => groups)
  return all.find(({ name }) => name === ckanName(value))?.title ?? value
}
