import { defineModule, words } from '#runtime'
import { auditEvents } from './audit-events.ts'
import { rights } from './rights.ts'
import { checkDatasets } from './server/datasets/check-datasets.ts'
import { nationalCodeLists } from './server/datasets/code-lists.ts'

export const registryModule = defineModule({
  id: 'registry',
  title: words('数据资源', 'Registry'),
  about: words(
    '数据集的定义、存储、导入、历史、来源和导出',
    'Datasets: definition, storage, import, history, lineage and export',
  ),
  needs: ['identity', 'crypto', 'documents'],
  folder: import.meta.dirname,
  claims: [{ list: 'datasets', check: checkDatasets }, { list: 'codeLists' }, { list: 'unsealedPurposes' }],
  rights,
  auditEvents,
  keyPurposes: [
    { id: 'registry.field', title: words('数据字段加密', 'Sealing of fields'), use: 'seal' },
    { id: 'registry.index', title: words('加密字段的检索索引', 'Index of sealed fields'), use: 'mac' },
  ],
  codeLists: nationalCodeLists,
  roles: [
    {
      id: 'registry.steward',
      title: words('数据管理员', 'Data steward'),
      demoPosts: ['city.big-data.administrator', 'city.big-data.steward'],
      rights: Object.fromEntries(rights.map(({ id }) => [id, 'city' as const])),
    },
    {
      id: 'registry.clerk',
      title: words('数据专员', 'Data clerk'),
      demoPosts: ['city.big-data.*', 'city.ecology.*'],
      rights: {
        'registry.read': 'subtree',
        'registry.write': 'subtree',
        'registry.load.read': 'own',
        'registry.load.write': 'subtree',
      },
    },
  ],
  server: () => import('./server/index.ts'),
})
