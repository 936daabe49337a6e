import { Readable } from 'node:stream'
import {
  type Collected,
  type CollectedPart,
  type Collecting,
  type Connector,
  noTables,
  type Preview,
} from './connector.ts'
import type { Fetch } from './http-fetch.ts'
import { cell, first, ONE_PAGE, rowsOf } from './http-pages.ts'
import { Walk } from './http-walk.ts'

const SAMPLE_ROWS = 10

/** An interface of another system that hands out JSON page by page. */
export function openHttp(fetchPage: Fetch): Connector {
  return {
    tables: noTables,
    preview: async (from, pages = ONE_PAGE): Promise<Preview> => {
      const page = await fetchPage(first({ from, pages }, null), null)
      const rows = page === 'same' ? [] : rowsOf(page.body, pages).slice(0, SAMPLE_ROWS)
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
      return { columns, rows: rows.map((row) => columns.map((name) => cell(row[name]))) }
    },
    collect: (collecting) => collect(fetchPage, collecting),
    close: async () => {},
  }
}

async function collect(fetchPage: Fetch, collecting: Collecting): Promise<Collected | undefined> {
  const { feed, mark, signal } = collecting
  if (feed.mode === 'watermark') return collectGrown(fetchPage, collecting)
  const isTagged = (feed.pages ?? ONE_PAGE).next.by === 'nothing'
  const start = first(feed, null)
  const page = await fetchPage(start, isTagged ? mark : null, signal)
  if (page === 'same') return undefined
  const walk = new Walk(collecting, null)
  const parts = await partsOf(walk, 'rows', walk.lines(fetchPage, start, page))
  return { parts, mark: isTagged ? page.tag : null, isWhole: true, totals: walk.totals }
}

/**
 * What has grown since the mark; all rows at first, and behind the increment where all are to be compared. The mark is
 * then that of the increment: rows that change while all are walked through come again.
 */
async function collectGrown(fetchPage: Fetch, collecting: Collecting): Promise<Collected | undefined> {
  const { feed, mark, takesWhole } = collecting
  const grown = mark === null ? undefined : new Walk(collecting, mark)
  const increment = grown && (await walkAll(fetchPage, grown, takesWhole ? 'increment' : 'rows'))
  if (grown && !takesWhole) {
    if (grown.isEmpty) return undefined
    return { parts: increment ?? [], mark: grown.mark, isWhole: false, totals: grown.totals }
  }
  const whole = new Walk(collecting, null, grown?.mark ?? null)
  const rows = await walkAll(fetchPage, whole, 'rows')
  if (!grown && whole.isEmpty) return undefined
  return {
    parts: [...(increment ?? []), ...rows],
    mark: grown?.mark ?? whole.mark,
    isWhole: feed.watermark?.givesAll !== false,
    totals: { ...whole.totals, ...(grown ? { fresh: whole.fresh } : {}) },
  }
}

async function walkAll(fetchPage: Fetch, walk: Walk, kind: CollectedPart['kind']): Promise<CollectedPart[]> {
  const { feed, signal } = walk.collecting
  const start = first(feed, walk.from)
  const page = await fetchPage(start, null, signal)
  return page === 'same' ? [] : partsOf(walk, kind, walk.lines(fetchPage, start, page))
}

/** Keeps what a walk finds; a file without rows is no part. */
async function partsOf(
  walk: Walk,
  kind: CollectedPart['kind'],
  lines: AsyncIterable<string>,
): Promise<CollectedPart[]> {
  const { feed, keep, moved } = walk.collecting
  const file = await keep(`${feed.id}.jsonl`, Readable.from(lines))
  moved(walk.rows, file.size)
  const header = [...walk.header]
  const reading = { format: 'json', encoding: 'utf-8', separator: ',', headerLine: 0, header } as const
  return header.length === 0 ? [] : [{ kind, file, reading }]
}
