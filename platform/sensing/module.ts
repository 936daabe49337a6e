import { defineModule, StartError, words } from '#runtime'
import type { SeriesKind } from './series.ts'

const CHANNELS_OF_A_KIND = 200
const ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/

export const sensingModule = defineModule({
  id: 'sensing',
  title: words('感知', 'Sensing'),
  about: words(
    '监测设备和时间序列：接收、校验、发布分开保存，标记只增不改',
    'Devices and time series: raw, valid and published values apart, flags only ever added',
  ),
  needs: ['identity'],
  folder: import.meta.dirname,
  claims: [
    {
      list: 'series',
      check: (entries) => {
        for (const { module, entry } of entries) {
          const kind = entry as SeriesKind
          const fault = faultOf(kind)
          if (fault) throw new StartError(`Series "${kind.id}" of module "${module.id}" ${fault}.`)
        }
      },
    },
  ],
  rights: [
    { id: 'sensing.series.read', title: words('查看监测数据', 'See measurements') },
    { id: 'sensing.readings.write', title: words('上报监测数据', 'Send measurements') },
    { id: 'sensing.device.read', title: words('查看监测设备', 'See devices') },
    { id: 'sensing.device.write', title: words('管理监测设备', 'Manage devices') },
  ],
  roles: [
    {
      id: 'sensing.viewer',
      title: words('监测数据查看', 'Viewer of measurements'),
      rights: { 'sensing.series.read': 'subtree', 'sensing.device.read': 'subtree' },
    },
    {
      id: 'sensing.gateway',
      title: words('监测数据上报（设备网关）', 'Gateway of devices'),
      rights: { 'sensing.readings.write': 'subtree' },
    },
    {
      id: 'sensing.keeper',
      title: words('监测设备管理', 'Keeper of devices'),
      rights: {
        'sensing.series.read': 'subtree',
        'sensing.device.read': 'subtree',
        'sensing.device.write': 'subtree',
        'sensing.readings.write': 'subtree',
      },
    },
  ],
  auditEvents: [
    { id: 'sensing.readings.taken', title: words('接收一批监测数据', 'Took a batch of readings'), kind: 'write' },
    {
      id: 'sensing.values.settled',
      title: words('写入审核或发布值', 'Wrote valid or published values'),
      kind: 'write',
    },
    { id: 'sensing.values.flagged', title: words('给监测值加标记', 'Added flags to values'), kind: 'write' },
    { id: 'sensing.device.written', title: words('登记或变更设备', 'Registered or changed a device'), kind: 'write' },
    { id: 'sensing.upload.started', title: words('上传监测数据文件', 'Sent a file of readings'), kind: 'write' },
    { id: 'sensing.upload.cancelled', title: words('取消监测数据文件', 'Cancelled a file of readings'), kind: 'write' },
  ],
  server: () => import('./server/index.ts'),
})

function faultOf(kind: SeriesKind): string | undefined {
  if (!ID.test(kind.id)) return 'has an id that is not <module>.<noun> in lower case'
  if (kind.channels.length === 0 || kind.channels.length > CHANNELS_OF_A_KIND) return 'needs 1 to 200 channels'
  if (new Set(kind.channels.map(({ id }) => id)).size < kind.channels.length) return 'names a channel twice'
  if (kind.interval < 0 || !Number.isInteger(kind.interval)) return 'needs an interval of whole seconds'
  if (kind.rollups.includes('month') && !kind.rollups.includes('day')) return 'rolls up months, which needs days'
  if (!(kind.silence > 0)) return 'needs the seconds after which a device counts as silent'
  const wrong = kind.channels.find(({ range }) => !(range.min < range.max))
  return wrong && `has no range for channel "${wrong.id}"`
}
