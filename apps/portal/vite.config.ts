import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { stamped } from './build/stamped.ts'

const root = import.meta.dirname

// biome-ignore lint/style/noDefaultExport: asked by the tool
export default defineConfig({
  root,
  plugins: [react(), compressed(), stamped(resolve(root, '../..'))],
  build: {
    outDir: resolve(root, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
  logLevel: 'warn',
})
