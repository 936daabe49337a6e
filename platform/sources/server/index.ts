import type { App, ServerPart } from '#runtime'

export const server = (_app: App): ServerPart => ({})
