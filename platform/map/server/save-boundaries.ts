import type { Feature, Geometry } from 'geojson'
import { sql } from 'kysely'
import { InvalidInput, type Issue, tables, type Work, words } from '#runtime'
import { boundariesInForce, boxOf, levelOf, ringsOf } from './boundary.ts'
import { type Candidate, faultsOfFit } from './check-fit.ts'
import { faultsOfShape } from './check-shape.ts'
import { fromGcj02 } from './gcj02.ts'
import type { MapTables, Shape } from './tables.ts'

export interface BoundaryInput {
  readonly features: readonly Feature<Geometry | null>[]
  /** Where the lines come from. */
  readonly source: string
  /** Map review number [审图号] of officially reviewed data. */
  readonly review?: string | undefined
  /** Coordinates as given; CGCS2000 agrees with WGS 84 within a metre. */
  readonly crs: 'wgs84' | 'cgcs2000' | 'gcj02'
}

const LOCK = 8_240_201
const ISSUES_SHOWN = 100

/**
 * Puts boundaries in force, all or none; those of the same code before them stay as history.
 * Features carry `code` (or `adcode`), `name`, and `name_en` if there is one.
 * @param within division code prefix that the actor answers for
 * @throws InvalidInput naming each feature that is not a proper area, lies outside its parent or over a neighbour
 */
export async function saveBoundaries(work: Work, input: BoundaryInput, within: string): Promise<readonly string[]> {
  const candidates = readFeatures(input, within)
  await lockBoundaries(work)
  refuse(faultsOfFit(candidates, await boundariesInForce(work.tx)))
  return storeBoundaries(work, input, candidates)
}

/** Puts boundaries in force whose fit is known, such as those that ship with the product. The lock is the caller's affair. */
export async function storeBoundaries(
  work: Work,
  input: BoundaryInput,
  candidates: readonly Candidate[],
): Promise<readonly string[]> {
  const codes = candidates.map(({ code }) => code)
  const db = tables<MapTables>(work.tx)
  await db
    .updateTable('map.boundary')
    .set({ valid_to: work.at })
    .where('code', 'in', codes)
    .where('valid_to', 'is', null)
    .execute()
  const rows = candidates.map(({ code, level, name, nameEn, geometry, bbox }) => ({
    ...{ code, level, name, bbox, name_en: nameEn, geometry: JSON.stringify(geometry) },
    ...{ source: input.source, review: input.review ?? null, saved_by: work.actor.id, valid_from: work.at },
  }))
  await db.insertInto('map.boundary').values(rows).execute()
  const { source, review } = input
  work.audit({
    event: 'map.boundary.changed',
    details: { codes: codes.slice(0, 100), count: codes.length, source, review: review ?? null },
  })
  announceChange(work, codes[0] ?? '')
  return codes
}

/** One change of boundaries at a time, so that each is checked against what is in force. */
export async function lockBoundaries(work: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(work.tx)
}

/** Every process reads the boundaries anew, and stewards' browsers too. */
export const announceChange = (work: Work, key: string): void =>
  work.emit({ topic: 'map.boundary.changed', key, audience: { right: 'map.boundary.write' } })

/** Features as boundaries. @throws InvalidInput naming each that is not a proper area */
export function readFeatures(input: BoundaryInput, within: string): Candidate[] {
  const issues: Issue[] = []
  const seen = new Set<string>()
  const candidates = input.features.flatMap(({ properties, geometry }, at): Candidate[] => {
    const path = `/features/${at}`
    const code = String(properties?.code ?? properties?.adcode ?? '')
    const name = String(properties?.name ?? '').trim()
    const level = levelOf(code)
    const found = [...faultsOfNames(path, code, name, within, seen), ...faultsOfShape(geometry, `${path}/geometry`)]
    issues.push(...found)
    seen.add(code)
    if (found.length > 0 || !level) return []
    const shape = inWgs84(geometry as Shape, input.crs)
    const nameEn = typeof properties?.name_en === 'string' ? properties.name_en : null
    return [{ path, code, level, name, nameEn, geometry: shape, bbox: boxOf(shape) }]
  })
  if (input.features.length === 0)
    issues.push({ path: '/features', message: words('没有要素', 'There are no features') })
  refuse(issues)
  return candidates
}

function faultsOfNames(path: string, code: string, name: string, within: string, seen: ReadonlySet<string>): Issue[] {
  const issues: Issue[] = []
  const add = (field: string, zh: string, en: string) =>
    issues.push({ path: `${path}/properties/${field}`, message: words(zh, en) })
  if (!levelOf(code))
    add('code', '区划代码应为 6、9、12 位数字，网格为 15 位', 'Must be a code of 6, 9 or 12 digits, 15 for a grid')
  else if (!code.startsWith(within))
    add('code', `您只能维护 ${within} 开头的区划`, `You may only keep divisions that begin with ${within}`)
  if (seen.has(code)) add('code', `代码 ${code} 重复`, `The code ${code} appears twice`)
  if (!name) add('name', '必填', 'Required')
  return issues
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0)
    throw new InvalidInput(
      'boundary-wrong',
      words(
        `边界有 ${issues.length} 处问题，没有保存`,
        `The boundaries have ${issues.length} faults; nothing was saved`,
      ),
      issues.slice(0, ISSUES_SHOWN),
    )
}

function inWgs84(shape: Shape, crs: BoundaryInput['crs']): Shape {
  if (crs !== 'gcj02') return shape
  const copy = structuredClone(shape)
  for (const ring of ringsOf(copy))
    for (const position of ring) position.splice(0, 2, ...fromGcj02([position[0] ?? 0, position[1] ?? 0]))
  return copy
}
