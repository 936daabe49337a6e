import { createReadStream } from 'node:fs'
import { InvalidInput, words } from '#runtime'
import type { RawRow, RawRows, Reading } from './reading.ts'

const BLOCK = 1 << 20

/**
 * Objects of a JSON file as they stream: an array of objects, JSON lines, or an object that holds such an array
 * (`{"data": [...]}`). Cells come in the order of `header`; nested values as JSON text. Objects one to a line are rows,
 * whatever they hold; a single object that holds an array of objects is its wrapper.
 * @throws InvalidInput for a name that the header lacks: what it holds would be lost
 */
export async function* readJson(file: string, reading: Pick<Reading, 'encoding' | 'header'>): AsyncGenerator<RawRows> {
  let ordinal = 0
  const names = new Set(reading.header)
  for await (const { objects, bytes } of readObjects(file, reading.encoding)) {
    const rows: RawRow[] = []
    for (const object of objects) {
      ordinal++
      for (const name of Object.keys(object)) if (!names.has(name)) throw lateName(name, ordinal)
      rows.push({ line: ordinal, cells: reading.header.map((name) => cellText(object[name])) })
    }
    yield { rows, bytes }
  }
}

const lateName = (name: string, ordinal: number) =>
  new InvalidInput(
    'late-name',
    words(
      `第 ${ordinal} 个对象才出现“${name}”，此前没有；请拆分文件，把有此项的对象单独导入`,
      `"${name}" first appears in object ${ordinal}; split the file and import the objects that have it by themselves`,
    ),
  )

type Objects = readonly Readonly<Record<string, unknown>>[]

export async function* readObjects(
  file: string,
  encoding: string,
): AsyncGenerator<{ objects: Objects; bytes: number }> {
  const decoder = new TextDecoder(encoding)
  const cutter = new ObjectCutter()
  let bytes = 0
  for await (const block of createReadStream(file, { highWaterMark: BLOCK })) {
    bytes += (block as Buffer).length
    yield { objects: cutter.push(decoder.decode(block as Buffer, { stream: true })), bytes }
  }
  cutter.end()
}

const cellText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Finds where each row object begins and ends without parsing the whole. */
class ObjectCutter {
  #text = ''
  #at = 0
  #depth = 0
  #inString = false
  #start = -1
  /** Depth at which the rows stand; known once the first structure has been seen. */
  #rowDepth = -1

  push(text: string): Objects {
    if (this.#text === '' && this.#at === 0 && this.#rowDepth < 0 && beginsWithLines(text)) this.#rowDepth = 0
    this.#text += text
    const objects: Record<string, unknown>[] = []
    for (; this.#at < this.#text.length; this.#at++) this.#step(objects)
    const kept = this.#start < 0 ? this.#at : this.#start
    this.#text = this.#text.slice(kept)
    this.#at -= kept
    if (this.#start >= 0) this.#start = 0
    return objects
  }

  /** @throws SyntaxError when the last structure has no end */
  end(): void {
    if (this.#depth > 0 || this.#inString) throw new SyntaxError('The text ends within a structure')
  }

  #step(objects: Record<string, unknown>[]): void {
    const sign = this.#text.charCodeAt(this.#at)
    if (this.#inString) {
      if (sign === 92) this.#at++
      else if (sign === 34) this.#inString = false
      return
    }
    if (sign === 34) this.#inString = true
    else if (sign === 91) {
      this.#depth++
      // The first array at depth 1 or 2 holds the rows; an object begun before it was only its wrapper.
      if (this.#rowDepth < 0 && this.#holdsObjects()) {
        this.#rowDepth = this.#depth
        this.#start = -1
      }
    } else if (sign === 123) {
      if (this.#start < 0 && (this.#rowDepth < 0 ? this.#depth === 0 : this.#depth === this.#rowDepth))
        this.#start = this.#at
      this.#depth++
    } else if (sign === 93) this.#depth--
    else if (sign === 125) {
      this.#depth--
      if (this.#start >= 0 && this.#depth === Math.max(this.#rowDepth, 0)) {
        if (this.#rowDepth < 0) this.#rowDepth = 0
        objects.push(JSON.parse(this.#text.slice(this.#start, this.#at + 1)) as Record<string, unknown>)
        this.#start = -1
      }
    }
  }

  #holdsObjects(): boolean {
    if (this.#depth > 2) return false
    const next = /\S/.exec(this.#text.slice(this.#at + 1, this.#at + 200))
    return next?.[0] === '{'
  }
}

/** Whether the first line is a whole object and the second begins another. */
function beginsWithLines(text: string): boolean {
  const [first = '', second = ''] = text.trimStart().split('\n', 2)
  if (!first.startsWith('{') || !second.trimStart().startsWith('{')) return false
  try {
    JSON.parse(first)
    return true
  } catch {
    return false
  }
}
