import { ckanInvalid } from './errors.ts'

/** What a searched thing has to say to a field; undefined for a field that it does not know. */
export interface Searched {
  readonly text: string
  field(name: string): readonly string[] | undefined
}

export type Test = (thing: Searched) => boolean

const TOKEN = /\s*(\(|\)|\[[^\]]*\]|\{[^}]*\}|"(?:[^"\\]|\\.)*"|[^\s():"[\]{}]+:?|:)/y
const MOST_TOKENS = 200

/**
 * A query as CKAN's clients write them for Solr: words, `field:value`, `"phrases"`, `*` at the end, `[a TO b]`, `+`, `-`,
 * `AND`, `OR`, `NOT` and brackets. Words side by side must all be there. @throws a CKAN validation error
 */
export function parseQuery(text: string, parameter: string): Test {
  const parser = new Parser(tokensOf(text, parameter), parameter)
  return parser.whole()
}

function tokensOf(text: string, parameter: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const trimmed = text.trim()
  while (TOKEN.lastIndex < trimmed.length) {
    const found = TOKEN.exec(trimmed)
    if (!found?.[1] || tokens.length >= MOST_TOKENS) throw ckanInvalid(parameter, 'Search query cannot be read')
    tokens.push(found[1])
  }
  return tokens
}

class Parser {
  readonly #tokens: string[]
  readonly #parameter: string

  constructor(tokens: string[], parameter: string) {
    this.#tokens = tokens
    this.#parameter = parameter
  }

  whole(): Test {
    if (this.#tokens.length === 0) return () => true
    const test = this.#alternatives(undefined)
    if (this.#tokens.length > 0) throw ckanInvalid(this.#parameter, `Unexpected "${this.#tokens[0]}" in search query`)
    return test
  }

  #alternatives(field: string | undefined): Test {
    const tests = [this.#conjunction(field)]
    while (this.#tokens[0] === 'OR') {
      this.#tokens.shift()
      tests.push(this.#conjunction(field))
    }
    return (thing) => tests.some((test) => test(thing))
  }

  #conjunction(field: string | undefined): Test {
    const tests = [this.#one(field)]
    for (;;) {
      const next = this.#tokens[0]
      if (next === undefined || next === ')' || next === 'OR') break
      if (next === 'AND') this.#tokens.shift()
      tests.push(this.#one(field))
    }
    return (thing) => tests.every((test) => test(thing))
  }

  #one(field: string | undefined): Test {
    const token = this.#tokens.shift()
    if (token === undefined || token === ')') throw ckanInvalid(this.#parameter, 'Search query ends too early')
    if (token === 'NOT' || token === '-') return this.#not(field)
    if (token === '+') return this.#one(field)
    if (token === '(') return this.#bracket(field)
    if (/^[+-]./.test(token)) {
      this.#tokens.unshift(token.slice(1))
      return token.startsWith('-') ? this.#not(field) : this.#one(field)
    }
    if (token.endsWith(':') && field === undefined) return this.#one(token.slice(0, -1))
    return matching(field, token)
  }

  #not(field: string | undefined): Test {
    const test = this.#one(field)
    return (thing) => !test(thing)
  }

  #bracket(field: string | undefined): Test {
    const test = this.#alternatives(field)
    if (this.#tokens.shift() !== ')') throw ckanInvalid(this.#parameter, 'Missing ")" in search query')
    return test
  }
}

const ALL = '*'

function matching(field: string | undefined, token: string): Test {
  const range = /^[[{](.+) TO (.+)[\]}]$/.exec(token)
  if (range && field) return inRange(field, range[1] ?? ALL, range[2] ?? ALL)
  const word = token.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1').toLowerCase()
  if (field === undefined || field === 'text')
    return word === ALL ? () => true : (thing) => thing.text.includes(word.replace(/\*$/, ''))
  if (field === ALL) return () => true
  if (word === ALL) return (thing) => (thing.field(field)?.length ?? 0) > 0
  const isPrefix = word.endsWith('*')
  const start = word.replace(/\*$/, '')
  return (thing) =>
    (thing.field(field) ?? []).some((value) => {
      const text = value.toLowerCase()
      if (isPrefix) return text.startsWith(start)
      return WORDS.has(field) ? text.includes(start) : text === start
    })
}

/** Fields that are searched by the words in them, not as a whole. */
const WORDS = new Set(['title', 'notes', 'author', 'maintainer'])

/** Solr's dates: `NOW` and `NOW-7DAYS` are clients' shorthand that is not promised. */
const inRange =
  (field: string, from: string, to: string): Test =>
  (thing) =>
    (thing.field(field) ?? []).some((value) => (from === ALL || value >= from) && (to === ALL || value <= to))
