import { defineModule, words } from '#runtime'
import { auditEvents } from './audit-events.ts'
import { SECRET_PURPOSE } from './secret-purpose.ts'

export const sourcesModule = defineModule({
  id: 'sources',
  title: words('数据汇集', 'Sources'),
  about: words(
    '从本市其他系统采集数据：文件夹、数据库和接口，每次采集与来源核对，可重放',
    'Collects data from other systems of the city: folders, databases and interfaces; every run is reconciled and can be replayed',
  ),
  needs: ['identity', 'crypto', 'registry', 'analytics', 'notices'],
  folder: import.meta.dirname,
  rights: [
    { id: 'sources.read', title: words('查看数据来源和采集记录', 'See sources and their runs') },
    { id: 'sources.define', title: words('设置数据来源', 'Define sources and feeds') },
    { id: 'sources.run', title: words('采集、重放和处置数据', 'Run and replay collections and decide on drift') },
    { id: 'sources.push', title: words('推送数据（供其他系统使用）', 'Push data (for other systems)') },
  ],
  roles: [
    {
      id: 'sources.steward',
      title: words('数据采集员', 'Collector of data'),
      demoPosts: ['city.big-data.administrator', 'city.big-data.steward'],
      rights: { 'sources.read': 'city', 'sources.define': 'city', 'sources.run': 'city' },
    },
    {
      id: 'sources.provider',
      title: words('供数单位联系人', 'Contact of a providing unit'),
      demoPosts: ['city.ecology.*'],
      rights: { 'sources.read': 'subtree' },
    },
  ],
  auditEvents,
  keyPurposes: [
    { id: SECRET_PURPOSE, title: words('数据来源的密码和令牌', 'Passwords and tokens of sources'), use: 'seal' },
  ],
  server: () => import('./server/index.ts'),
})
