import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, PUBLIC, publicAddress, type Route, route, words } from '#runtime'
import { keptText } from './cacheable.ts'
import { READS_A_MINUTE } from './catalogue-routes.ts'
import type { Shelf } from './shelf.ts'

const open = { method: 'GET', right: PUBLIC, audit: NOTHING_PERSONAL, perMinute: READS_A_MINUTE } as const
/** The protocol's own limit of addresses in one file. */
const MOST_ADDRESSES = 50_000

/** `sitemap.xml` and `robots.txt`: the public pages, and nothing else, are for crawlers. */
export const crawlerRoutes = (app: App, shelf: Shelf): Route[] => [
  route({
    ...open,
    path: '/sitemap.xml',
    title: words('网站地图（公开）', 'Sitemap, for everybody'),
    response: Type.String(),
    produces: 'application/xml',
    example: '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">…',
    handler: async ({ request, reply }) => {
      const base = publicAddress(app, request)
      const pages = ['', '/datasets', '/requests', '/developers'].map(
        (path) => `<url><loc>${base}/open-data${path}</loc></url>`,
      )
      const datasets = (await shelf.all()).slice(0, MOST_ADDRESSES - pages.length).map(({ entry }) => {
        const changed = entry.changedAt ? `<lastmod>${entry.changedAt}</lastmod>` : ''
        return `<url><loc>${base}/open-data/datasets/${entry.id}</loc>${changed}</url>`
      })
      const urls = [...pages, ...datasets].join('\n')
      const head =
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
      return keptText(request, reply, `${head}\n${urls}\n</urlset>\n`)
    },
  }),
  route({
    ...open,
    path: '/robots.txt',
    title: words('爬虫规则（公开）', 'Rules for robots, for everybody'),
    response: Type.String(),
    produces: 'text/plain',
    example: 'User-agent: *\nAllow: /open-data',
    handler: async ({ request, reply }) => {
      const base = publicAddress(app, request)
      const lines = [
        ...[
          'User-agent: *',
          'Disallow: /open-data/manage',
          'Allow: /open-data',
          'Allow: /assets/',
          'Allow: /api/open-data/',
        ],
        ...['Disallow: /', `Sitemap: ${base}/sitemap.xml`],
      ]
      return keptText(request, reply, `${lines.join('\n')}\n`)
    },
  }),
]
