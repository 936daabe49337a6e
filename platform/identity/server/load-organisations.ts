import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type App, StartError, system, type Words } from '#runtime'
import type { Organisation } from '../contract.ts'
import type { NewOrganisation } from './tables.ts'

const DATA = new URL('../../../data/', import.meta.url)

interface Unit {
  readonly id: string
  readonly name: Words
  readonly short: string
  readonly kind: string
  readonly parent: string | null
  readonly division: string
}

/**
 * Fills the empty tree with the bodies of the plan, its counties and zones, and the towns and villages of the divisions.
 * The demonstration gets those that a later version brings too: its staff may belong to them.
 */
export async function loadOrganisations(app: App): Promise<void> {
  const { rows } = await sql<{ some: boolean }>`select exists(select from identity.organisation) as some`.execute(
    app.db,
  )
  if (rows[0]?.some && !app.config.demo) return
  const organisations = await referenceTree()
  await app.work(system('identity.organisations'), async ({ tx }) => {
    await sql`insert into identity.organisation (id, parent, path, division, kind, name_zh, name_en, short)
      select id, parent, path, division, kind, name_zh, name_en, short
      from jsonb_to_recordset(${JSON.stringify(organisations)}::jsonb) as o(id text, parent text, path text,
        division text, kind text, name_zh text, name_en text, short text)
      on conflict do nothing`.execute(tx)
  })
}

async function referenceTree(): Promise<NewOrganisation[]> {
  const units = (JSON.parse(await readFile(new URL('organisations/taian.json', DATA), 'utf8')) as { units: Unit[] })
    .units
  const english = new Map((await linesOf('english-names.csv')).map(([code = '', name = '']) => [code, name]))
  const towns = await divisions('taian-towns.csv', english)
  const villages = await divisions('taian-villages.csv', english)
  const all = [
    ...units.map((unit) => ({ ...unit, kind: kindOf(unit), division: divisionOf(unit) })),
    ...towns.map((town) => ({ ...town, kind: 'town' as const, parent: `county.${town.parent}.government` })),
    ...villages.map((village) => ({ ...village, kind: 'village' as const })),
  ]
  const paths = new Map<string, string>()
  return all.map(({ id, name, short, parent, division, kind }) => {
    const above = parent === null ? '' : paths.get(parent)
    if (above === undefined) throw new StartError(`data/: organisation "${id}" stands before its parent "${parent}".`)
    const path = `${above}${id}/`
    paths.set(id, path)
    return { id, parent, path, division, kind, name_zh: name.zh, name_en: name.en, short, closed_at: null }
  })
}

function kindOf({ kind, id }: Unit): Organisation['kind'] {
  if (kind === 'city') return 'city'
  if (kind === 'zone-committee') return 'zone'
  return kind === 'government' && id.startsWith('county.') ? 'county' : 'body'
}

/** A city's code as the prefix of all below; a zone has no code of its own, and must not reach the whole city. */
function divisionOf({ kind, id, division }: Unit): string {
  const prefix = division.replace(/00$/, '')
  return kind === 'zone-committee' ? `${prefix}.${id.replace(/^zone\./, '')}` : prefix
}

async function divisions(file: string, english: ReadonlyMap<string, string>): Promise<Unit[]> {
  return (await linesOf(file)).map(([code = '', name = '', parent = '', level = '']) => ({
    id: code,
    name: { zh: name, en: english.get(code) ?? name },
    short: name,
    kind: level,
    parent,
    division: code,
  }))
}

async function linesOf(file: string): Promise<string[][]> {
  const text = await readFile(new URL(`divisions/${file}`, DATA), 'utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}
