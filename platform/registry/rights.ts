import { type Right, words } from '#runtime'

export const rights = [
  { id: 'registry.read', title: words('查看数据', 'Read data') },
  { id: 'registry.unmask', title: words('查看未脱敏的个人信息', 'See personal data unmasked') },
  { id: 'registry.write', title: words('录入和修改数据', 'Write data') },
  { id: 'registry.export', title: words('导出数据', 'Export data') },
  { id: 'registry.load.read', title: words('查看数据导入', 'See imports') },
  { id: 'registry.load.write', title: words('导入数据', 'Import data') },
  { id: 'registry.steward', title: words('定义数据集', 'Define datasets') },
] as const satisfies readonly Right[]
