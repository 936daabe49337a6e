import { readFile } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type App, matchHead, type PageHead, type PageText, preferredLanguage, publicAddress } from '#runtime'

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/**
 * The portal's one HTML file; public pages get their title, description, links and schema.org written into it, and send
 * machines that ask for another type to the document of that type.
 */
export async function startPage(file: string, app: App, heads: readonly PageHead[]): Promise<Answer> {
  const html = await readFile(file, 'utf8')
  return async (request, reply) => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
    const found = matchHead(heads, request.url.split('?')[0] ?? '/')
    if (!found) return reply.send(html)
    const base = publicAddress(app, request)
    const language = preferredLanguage(request.headers['accept-language'])
    const text = await found.head.text(found.params, { base, language })
    if (!text) return reply.code(404).send(html)
    reply.header('vary', 'accept, accept-language')
    const other = wantedAlternate(text, request.headers.accept ?? '')
    if (other) return reply.code(303).header('location', other).send('')
    return reply.send(withHead(html, text, `${base}${request.url.split('?')[0]}`))
  }
}

/** A browser asks for HTML first; whoever names another form of the page, and not HTML before it, gets that. */
function wantedAlternate({ alternates = [] }: PageText, accept: string): string | undefined {
  for (const part of accept.split(',')) {
    const type = part.split(';')[0]?.trim().toLowerCase() ?? ''
    if (type === 'text/html' || type === '*/*') return undefined
    const found = alternates.find((each) => each.type === type)
    if (found) return found.href
  }
  return undefined
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)

function withHead(html: string, text: PageText, address: string): string {
  const { title, description, jsonLd, alternates = [], links = [] } = text
  const head = [
    `<title>${escaped(title)}</title>`,
    `<meta name="description" content="${escaped(description)}" />`,
    `<link rel="canonical" href="${escaped(address)}" />`,
    ...alternates.map(({ type, href }) => `<link rel="alternate" type="${escaped(type)}" href="${escaped(href)}" />`),
    // `<` cannot end the block early as a JSON escape.
    ...(jsonLd
      ? [`<script type="application/ld+json">${JSON.stringify(jsonLd).replaceAll('<', '\\u003c')}</script>`]
      : []),
  ]
  const list = links.map(({ text: words, href }) => `<li><a href="${escaped(href)}">${escaped(words)}</a></li>`)
  const plain = `<noscript><h1>${escaped(title)}</h1><p>${escaped(description)}</p><ul>${list.join('')}</ul></noscript>`
  return html
    .replace(/<title>[^<]*<\/title>/, () => head.join('\n    '))
    .replace('<div id="root"></div>', () => `<div id="root"></div>\n    ${plain}`)
}
