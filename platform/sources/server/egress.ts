import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { InvalidInput, Unavailable, words } from '#runtime'

/** Addresses of this machine, of the link and of machines' metadata: only those that are allowed by their own number. */
const INNER = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.0', 24],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['fe80::', 10],
  ['fd00:ec2::', 32],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(network, bits, 'ipv6')

interface Allowed {
  readonly host: string
  readonly bits: number | undefined
  readonly port: number | undefined
}

const parse = (entry: string): Allowed => {
  const [, host = '', bits, port] = /^(.*?)(?:\/(\d+))?(?::(\d+))?$/.exec(entry) ?? []
  return { host: host.toLowerCase(), bits: bits ? Number(bits) : undefined, port: port ? Number(port) : undefined }
}

/** Which other machines the program may call for data, by the setting `DAIZONG_SOURCE_HOSTS`. */
export class Egress {
  readonly #allowed: readonly Allowed[]

  constructor(hosts: readonly string[]) {
    this.#allowed = hosts.map(parse)
  }

  /**
   * The address to connect to, found once and then used, so that a name cannot point elsewhere a moment later.
   * @throws InvalidInput host-not-allowed, Unavailable host-unknown
   */
  async resolve(host: string, port: number): Promise<string> {
    const name = host.toLowerCase().replace(/^\[|\]$/g, '')
    const open = this.#allowed.filter((one) => one.port === undefined || one.port === port)
    const byName = open.some((one) =>
      one.host.startsWith('*.') ? name.endsWith(one.host.slice(1)) : one.host === name,
    )
    const address = isIP(name) ? name : await addressOf(name)
    const byNumber = open.some((one) => holds(one, address))
    if (byNumber || (byName && !isInner(address))) return address
    throw new InvalidInput(
      'host-not-allowed',
      words(
        `不允许连接 ${host}:${port}，请系统管理员把它加入设置 DAIZONG_SOURCE_HOSTS`,
        `${host}:${port} may not be called; the operator can add it to the setting DAIZONG_SOURCE_HOSTS`,
      ),
      [{ path: '/connection/host', message: words('该主机不在允许范围内', 'This host is not allowed') }],
    )
  }
}

async function addressOf(name: string): Promise<string> {
  try {
    return (await lookup(name)).address
  } catch {
    throw new Unavailable('host-unknown', words(`找不到主机 ${name}`, `The host ${name} cannot be found`))
  }
}

/** IPv4 addresses written as IPv6 are what they stand for. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

function isInner(address: string): boolean {
  const bare = plain(address)
  return INNER.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4')
}

function holds({ host, bits }: Allowed, address: string): boolean {
  const bare = plain(address)
  const family = isIP(host)
  if (family === 0 || family !== isIP(bare)) return false
  const list = new BlockList()
  list.addSubnet(host, bits ?? (family === 6 ? 128 : 32), family === 6 ? 'ipv6' : 'ipv4')
  return list.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}
