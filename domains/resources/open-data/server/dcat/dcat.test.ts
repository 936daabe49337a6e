import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { DataFactory, Parser, type Quad, Store } from 'n3'
import { isomorphic } from 'rdf-isomorphic'
import SHACLValidator from 'rdf-validate-shacl'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import { defineSurvey, people, release, residents, surveyMeta, writeRows } from '../testing.ts'

const SHAPES = resolve(import.meta.dirname, '../../../../../conformance/dcat-ap-3.0/dcat-ap-SHACL.ttl')
const { namedNode } = DataFactory

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  const who = await people(app)
  const survey = await defineSurvey(app)
  await writeRows(app, survey, residents(360))
  await release(who, 'trips', survey, surveyMeta())
  await release(
    who,
    'trips-agreed',
    survey,
    surveyMeta({ access: 'conditional', title: { zh: '调查 <协议> & "引号"', en: 'Survey <by> & "agreement"' } }),
  )
})
afterAll(() => app.stop())

async function text(path: string, accept = '*/*'): Promise<{ body: string; type: string; answer: Response }> {
  const answer = await fetch(app.address + path, { headers: { accept } })
  return { body: await answer.text(), type: answer.headers.get('content-type') ?? '', answer }
}

async function parsed(body: string, type: string): Promise<Quad[]> {
  if (type.startsWith('text/turtle')) return new Parser().parse(body)
  const parser = type.startsWith('application/ld+json') ? new JsonLdParser() : new RdfXmlParser()
  return (await Readable.from([body]).pipe(parser).toArray()) as Quad[]
}

const FORMS = ['ttl', 'rdf', 'jsonld'] as const

test('the catalogue is the same in all three forms', async () => {
  const graphs = await Promise.all(
    FORMS.map(async (form) => {
      const { body, type, answer } = await text(`/open-data/catalog.${form}`)
      expect(answer.status).toBe(200)
      // The page says its own address, which names the form.
      return (await parsed(body, type)).filter(
        ({ subject, predicate }) =>
          !`${subject.value}${predicate.value}`.includes('hydra') && !subject.value.includes('?page='),
      )
    }),
  )
  expect(graphs[0]?.length).toBeGreaterThan(150)
  for (const graph of graphs.slice(1)) expect(isomorphic(graphs[0] ?? [], graph)).toBe(true)
})

test.each(['/open-data/catalog.ttl', '/open-data/dcat/trips.ttl', '/open-data/dcat/trips-agreed.jsonld'])(
  '%s passes the public SHACL shapes of DCAT-AP 3.0',
  async (path) => {
    const shapes = new Store(new Parser().parse(await readFile(SHAPES, 'utf8')))
    const { body, type } = await text(path)
    const data = new Store(await parsed(body, type))
    const report = await new SHACLValidator(shapes as never).validate(data as never)
    const faults = report.results.map(({ focusNode, path: at, message, severity }) =>
      [focusNode?.value, at?.value, message.map(({ value }) => value).join(), severity?.value].join(' '),
    )
    expect(faults).toEqual([])
    expect(report.conforms).toBe(true)
  },
  30_000,
)

test('the shapes find a catalogue without a title, so passing them means something', async () => {
  const shapes = new Store(new Parser().parse(await readFile(SHAPES, 'utf8')))
  const { body, type } = await text('/open-data/catalog.ttl')
  const title = 'http://purl.org/dc/terms/title'
  const data = new Store((await parsed(body, type)).filter(({ predicate }) => predicate.value !== title))
  const report = await new SHACLValidator(shapes as never).validate(data as never)
  expect(report.conforms).toBe(false)
})

test('harvesters are led by hydra, by what they ask for, and from the page', async () => {
  const { body, type } = await text('/open-data/catalog.ttl')
  const data = new Store(await parsed(body, type))
  expect(data.getObjects(null, namedNode('http://www.w3.org/ns/hydra/core#totalItems'), null)[0]?.value).toBe('2')
  expect((await text('/open-data/catalog.ttl?page=2')).answer.status).toBe(404)
  expect((await text('/open-data/catalog', 'application/rdf+xml')).type).toContain('application/rdf+xml')
  expect((await text('/open-data/catalog', 'text/html;q=0.9, application/ld+json')).type).toContain(
    'application/ld+json',
  )
  expect((await text('/open-data/catalog')).type).toContain('text/turtle')
})

test('what is known already is not sent again', async () => {
  const { answer } = await text('/open-data/catalog.ttl')
  const etag = answer.headers.get('etag') ?? ''
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  const again = await fetch(`${app.address}/open-data/catalog.ttl`, { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
})

test('sitemap and robots name the public pages only', async () => {
  const { body } = await text('/sitemap.xml')
  expect(body).toContain(`<loc>${app.address}/open-data/datasets/trips</loc>`)
  const robots = (await text('/robots.txt')).body
  expect(robots).toContain(`Sitemap: ${app.address}/sitemap.xml`)
  expect(robots).toContain('Disallow: /\n')
})
