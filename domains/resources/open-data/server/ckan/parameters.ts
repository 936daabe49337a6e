import { ckanInvalid } from './errors.ts'

/** Parameters of an action: JSON of a body, or texts of an address, of which some hold JSON. */
export class Parameters {
  readonly #given: Readonly<Record<string, unknown>>

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given
  }

  /** @throws a CKAN validation error where it is missing */
  need(name: string): string {
    const value = this.text(name)
    if (value !== undefined && value !== '') return value
    throw ckanInvalid(name, 'Missing value')
  }

  text(name: string): string | undefined {
    const value = this.#given[name]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'object') throw ckanInvalid(name, 'Must be a text')
    return String(value)
  }

  /** A whole number from 0 to `most`; more is cut to it, as CKAN does. */
  number(name: string, fallback: number, most: number): number {
    const text = this.text(name)
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (!Number.isInteger(value) || value < 0) throw ckanInvalid(name, 'Must be a natural number')
    return Math.min(value, most)
  }

  flag(name: string, fallback = false): boolean {
    const text = this.text(name)?.toLowerCase()
    return text === undefined ? fallback : text === 'true' || text === '1' || text === 'yes'
  }

  /** A list: of JSON, of a repeated parameter, of words with commas, or one word. */
  list(name: string): readonly string[] | undefined {
    const value = this.#json(name)
    if (value === undefined) return undefined
    if (Array.isArray(value)) return value.map(String)
    return String(value)
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
  }

  record(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#json(name)
    if (value === undefined || value === '') return undefined
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    throw ckanInvalid(name, 'Must be a JSON object')
  }

  isRecord(name: string): boolean {
    const value = this.#json(name)
    return typeof value === 'object' && value !== null
  }

  #json(name: string): unknown {
    const value = this.#given[name]
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value ?? undefined
    try {
      return JSON.parse(value)
    } catch {
      throw ckanInvalid(name, 'Cannot be parsed as JSON')
    }
  }
}
