import { isAbsolute, relative } from 'node:path'
import type { Plugin } from 'vite'
import { writeStamp } from './stamp.ts'

/** Notes beside the build which sources it was made of, so that the server knows when to build again. */
export const stamped = (root: string): Plugin => {
  const sources = new Set<string>()
  return {
    name: 'daizong-stamped',
    apply: 'build',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const file = id.split('?')[0] ?? id
        const path = relative(root, file)
        if (isAbsolute(file) && !path.startsWith('..') && !path.startsWith('node_modules')) sources.add(path)
      }
    },
    closeBundle: () => writeStamp(root, [...sources]),
  }
}
