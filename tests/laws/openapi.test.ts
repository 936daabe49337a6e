import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp, visitorClient } from '#platform/testing'

let city: TestApp
beforeAll(async () => {
  city = await testApp()
})
afterAll(() => city.stop())

interface Operation {
  readonly summary?: string
  readonly responses: Record<string, { content?: Record<string, { example?: unknown }> }>
}

test('the API document is 3.1, names every route, and gives each answer an example', async () => {
  const { body } = await visitorClient(city).get('/api/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const missing: string[] = []
  for (const { method, path } of city.routes) {
    const name = path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = body.paths[name]?.[method.toLowerCase()] as Operation | undefined
    const content = Object.values(operation?.responses['200']?.content ?? {})[0]
    if (!operation?.summary || content?.example === undefined) missing.push(`${method} ${path}`)
  }
  expect(missing).toEqual([])
})
