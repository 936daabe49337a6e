import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { settled, startBrowser } from '../../apps/portal/browser.ts'
import { act, Camera } from './camera.ts'

/**
 * Walks the first closed loop of the README in a browser, as the people concerned would, and takes the README's pictures
 * on the way: `node tools/pictures/take.ts --address http://127.0.0.1:8080`, beside a freshly started `npm start`.
 */
const { values: options } = parseArgs({
  options: {
    address: { type: 'string', default: 'http://127.0.0.1:8080' },
    state: { type: 'string', default: '.data/replay.json' },
  },
})
const ROOT = join(import.meta.dirname, '../..')
const BAD_AIR = 112
/** Feeds recorded hours until so many have gone in, or to their end. */
async function replay(until?: number): Promise<void> {
  const args = ['domains/ecology/air/replay.ts', '--address', options.address, '--state', options.state, '--speed', '4']
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(`(${until}/`)) child.kill()
  await ended
}

/** Receives the first matter of the county, names the source and reports with evidence; returns the matter's page. */
async function handle(camera: Camera): Promise<string> {
  const tab = await camera.tab('taishan')
  await tab.goto(options.address)
  await settled(tab)
  await tab.locator('main a[href^="/loops/"]', { hasText: 'air warning' }).last().click()
  await tab.getByRole('button', { name: 'Receive', exact: true }).waitFor()
  const path = new URL(tab.url()).pathname
  await act(tab, 'Receive')
  await act(tab, 'Name the source and order measures', async (form) => {
    await form.getByRole('combobox').first().click()
    await tab.getByTitle('Dust of sites and roads').click()
    await form.getByLabel('What was found').fill('Uncovered earth at two sites of the eastern ring road')
    await form.getByLabel('Unit responsible').fill('Housing and Urban-Rural Development Bureau of Taishan District')
  })
  await camera.picture('loop', path, 'taishan')
  await act(tab, 'Report what was done', async (form) => {
    await form.getByLabel('What was done').fill('Sites covered and sprinkled; trucks washed at the gates')
    const file = {
      name: 'sites.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Both sites seen and photographed at 14:20'),
    }
    await form.locator('input[type=file]').setInputFiles(file)
    await form.getByText('sites.txt').waitFor()
  })
  await tab.context().close()
  return path
}

const browser = await startBrowser()
const camera = new Camera(browser, options.address)
try {
  await camera.picture('sign-in', '/sign-in')
  await replay(BAD_AIR)
  await camera.picture('workbench', '/', 'taishan')
  await camera.picture('air', '/air', 'ecology')
  await camera.picture('cockpit', '/cockpit', 'leader')
  await camera.picture('map', '/map', 'leader')
  const path = await handle(camera)
  const checker = await camera.tab('taishan-check')
  await checker.goto(options.address + path)
  await act(checker, 'Accept')
  await checker.getByText('Waiting for the station').first().waitFor()
  await replay()
  // No reload: the page itself learns that the station has closed the matter.
  await checker.getByText('Closed by the station').first().waitFor({ timeout: 60_000 })
  await camera.picture('closed', path, 'taishan')
  process.stdout.write(`The circle is closed: ${options.address}${path}\n`)
} finally {
  await browser.close()
}
