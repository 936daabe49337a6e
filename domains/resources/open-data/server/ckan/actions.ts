import { LICENCES } from '../../declarations/vocabulary.ts'
import type { Shelf, Shelved } from '../site/shelf.ts'
import { datastoreInfo, datastoreSearch } from './datastore.ts'
import { CkanError, ckanNotFound } from './errors.ts'
import { type CkanCall, ckanName, groupOf, organizationOf, packageOf, resourcesOf, tagOf } from './package.ts'
import { packageSearch } from './package-search.ts'
import type { Parameters } from './parameters.ts'

export interface Asked extends CkanCall {
  readonly shelf: Shelf
  readonly given: Parameters
}

type Action = (asked: Asked) => Promise<unknown>

const MOST = 1_000

const paged = <T>(list: readonly T[], { given }: Asked, most = MOST): readonly T[] => {
  const from = given.number('offset', 0, Number.MAX_SAFE_INTEGER)
  return list.slice(from, from + given.number('limit', most, most))
}

async function getPackage({ shelf, given }: Asked): Promise<Shelved> {
  const shelved = await shelf.find(given.need('id'))
  if (shelved) return shelved
  throw ckanNotFound()
}

/** Things that several datasets share, each with how many. */
async function shared<T extends { readonly name: string }>(asked: Asked, of: (shelved: Shelved) => readonly T[]) {
  const found = new Map<string, T & { package_count: number }>()
  for (const shelved of await asked.shelf.all())
    for (const thing of of(shelved)) {
      const before = found.get(thing.name)
      found.set(thing.name, { ...thing, package_count: (before?.package_count ?? 0) + 1 })
    }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

const organizations = (asked: Asked) => shared(asked, (shelved) => [organizationOf(shelved, asked)])
const groups = (asked: Asked) => shared(asked, ({ entry }) => entry.meta.themes.map((theme) => groupOf(theme, asked)))

const listOf =
  (all: (asked: Asked) => Promise<readonly { readonly name: string }[]>): Action =>
  async (asked) => {
    const list = paged(await all(asked), asked)
    return asked.given.flag('all_fields') ? list : list.map(({ name }) => name)
  }

async function oneOf<T extends { readonly id: string; readonly name: string }>(
  asked: Asked,
  all: Promise<readonly T[]>,
): Promise<T> {
  const id = asked.given.need('id')
  const found = (await all).find((each) => each.id === id || each.name === id)
  if (found) return found
  throw ckanNotFound()
}

/** Datasets of an organisation or group, where they are asked for. */
async function withPackages<T extends object>(asked: Asked, thing: T, isIn: (shelved: Shelved) => boolean) {
  if (!asked.given.flag('include_datasets')) return thing
  const inIt = (await asked.shelf.all()).filter(isIn)
  return { ...thing, packages: inIt.slice(0, MOST).map((shelved) => packageOf(shelved, asked)) }
}

/** Conditions of `resource_search`: `format:csv`, as a text or a list; all must hold. */
async function resourceSearch(asked: Asked) {
  const terms = (asked.given.list('query') ?? []).map((text) => {
    const [field = '', ...rest] = text.split(':')
    return { field, value: rest.join(':').toLowerCase() }
  })
  const all = (await asked.shelf.all()).flatMap((shelved) => resourcesOf(shelved, asked))
  const found = all.filter((resource) =>
    terms.every(({ field, value }) =>
      String((resource as Readonly<Record<string, unknown>>)[field] ?? '')
        .toLowerCase()
        .includes(value),
    ),
  )
  return { count: found.length, results: paged(found, asked) }
}

async function findResource(asked: Asked) {
  const id = asked.given.need('id')
  for (const shelved of await asked.shelf.all()) {
    const found = resourcesOf(shelved, asked).find((resource) => resource.id === id)
    if (found) return found
  }
  throw ckanNotFound()
}

const byName = (a: Shelved, b: Shelved) => a.entry.id.localeCompare(b.entry.id)

/** The actions of CKAN's API 3 that read. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  site_read: async () => true,
  status_show: async ({ base }) => ({
    ckan_version: '2.10.0',
    site_url: base,
    site_title: '泰安市公共数据开放网',
    site_description: 'Daizong open data',
    error_emails_to: null,
    locale_default: 'zh_Hans_CN',
    extensions: ['datastore', 'dcat'],
  }),
  package_list: async (asked) => paged((await asked.shelf.all()).toSorted(byName), asked).map(({ entry }) => entry.id),
  current_package_list_with_resources: async (asked) =>
    paged(await asked.shelf.all(), asked, 100).map((shelved) => packageOf(shelved, asked)),
  package_search: packageSearch,
  package_show: async (asked) => packageOf(await getPackage(asked), asked),
  package_autocomplete: async (asked) => {
    const q = asked.given.need('q').toLowerCase()
    const found = (await asked.shelf.all()).filter(({ text }) => text.includes(q))
    return found.slice(0, asked.given.number('limit', 10, 100)).map(({ entry }) => ({
      ...{ name: entry.id, title: entry.meta.title[asked.language], match_field: 'title' },
      match_displayed: entry.meta.title[asked.language],
    }))
  },
  resource_show: findResource,
  resource_search: resourceSearch,
  organization_list: listOf(organizations),
  organization_show: async (asked) => {
    const found = await oneOf(asked, organizations(asked))
    return withPackages(asked, found, ({ owner }) => ckanName(owner.id) === found.name)
  },
  group_list: listOf(groups),
  group_show: async (asked) => {
    const found = await oneOf(asked, groups(asked))
    return withPackages(asked, found, ({ entry }) => entry.meta.themes.some((theme) => ckanName(theme) === found.name))
  },
  tag_list: listOf((asked) => shared(asked, ({ entry }) => entry.meta.keywords.map(tagOf))),
  license_list: async ({ language }) =>
    Object.entries(LICENCES).map(([id, { title, url }]) => ({
      ...{ id, title: title[language], url, status: 'active', maintainer: '', family: '', is_okd_compliant: true },
      ...{
        is_generic: false,
        is_osi_compliant: false,
        domain_content: true,
        domain_data: true,
        domain_software: false,
      },
      od_conformance: 'approved',
    })),
  vocabulary_list: async () => [],
  datastore_search: datastoreSearch,
  datastore_info: datastoreInfo,
  datastore_search_sql: async () => {
    throw new CkanError(400, {
      __type: 'Validation Error',
      message:
        'datastore_search_sql is not offered here: use datastore_search with filters, q, fields and sort, or fetch the Parquet file and ask it with an engine of your own',
    })
  },
  help_show: async ({ given }) => {
    const name = given.need('name')
    if (!(name in ACTIONS)) throw ckanNotFound()
    return `${name}: see https://docs.ckan.org/en/2.10/api/`
  },
}
