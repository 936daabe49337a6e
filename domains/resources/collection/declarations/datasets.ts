import { Type } from 'typebox'
import { dataset, field } from '#platform/registry'
import { words } from '#runtime'

const maybe = Type.Optional
const common = {
  source: 'city.big-data',
  level: 'internal',
  sharing: 'unconditional',
  opening: 'closed',
  retention: 'permanent',
  readRight: 'collection.read',
  writeRight: 'collection.declare',
} as const

/** Systems that units run, as they declare them. */
export const systems = dataset({
  ...common,
  id: 'collection.system',
  title: words('信息系统清单', 'Systems of the city'),
  about: words('各单位申报的信息系统', 'Systems as their units declare them'),
  schema: Type.Object({
    code: field.text(words('系统编号', 'Code'), { max: 40, aliases: ['编号', '系统编码'] }),
    name: field.text(words('系统名称', 'Name'), { max: 100, aliases: ['名称', '信息系统名称'] }),
    owner: field.organisation(words('责任单位', 'Owner'), { aliases: ['主管单位', '建设单位'] }),
    duty: maybe(field.text(words('对应职责', 'Duty'), { max: 200, aliases: ['职责'] })),
    item: maybe(field.text(words('对应事项', 'Item'), { max: 200, aliases: ['事项', '业务事项'] })),
    maker: maybe(field.text(words('承建厂商', 'Maker'), { max: 100, aliases: ['开发单位', '厂商'] })),
    protection: maybe(
      field.code(
        words('等保级别', 'Protection level'),
        {
          1: words('一级', 'Level 1'),
          2: words('二级', 'Level 2'),
          3: words('三级', 'Level 3'),
          4: words('四级', 'Level 4'),
        },
        { aliases: ['等级保护'] },
      ),
    ),
    place: maybe(
      field.code(
        words('部署位置', 'Where it runs'),
        {
          'city-cloud': words('市政务云', 'Cloud of the city'),
          'province-cloud': words('省级平台', 'Platform of the province'),
          own: words('单位自建机房', 'Own room'),
          national: words('国家部委系统', 'System of a ministry'),
        },
        { aliases: ['部署方式'] },
      ),
    ),
    project: maybe(field.text(words('建设项目', 'Project'), { max: 100, aliases: ['立项项目'] })),
    contact: maybe(field.text(words('联系人', 'Contact'), { max: 40, personal: true, mask: 'name' })),
    state: field.code(
      words('运行状态', 'State'),
      {
        running: words('在用', 'In use'),
        stopping: words('拟停用', 'To be ended'),
        stopped: words('已停用', 'Ended'),
      },
      { aliases: ['状态'] },
    ),
  }),
  key: ['code'],
  scope: { organisation: 'owner' },
  list: { columns: ['code', 'name', 'owner', 'state'], sort: ['owner'], search: ['name'] },
})

/** Why a table is not collected. */
export const REASONS = {
  law: words('法律法规规定不予共享', 'The law keeps it'),
  province: words('省级以上系统，数据不在本地', 'Kept by the province or above'),
  'no-value': words('临时或日志数据，无共享价值', 'Temporary or log data'),
  planned: words('已列入汇聚计划', 'Planned'),
} as const

/** Tables of the systems: each is collected by a dataset, or says why not. */
export const systemTables = dataset({
  ...common,
  id: 'collection.system-table',
  title: words('数据表清单', 'Tables of the systems'),
  about: words('各系统的数据表及其汇聚情况', 'Tables of each system, and what collects them'),
  schema: Type.Object({
    system: field.reference(words('系统编号', 'System'), 'collection.system', { aliases: ['系统编码'] }),
    name: field.text(words('表名', 'Table'), { max: 200, aliases: ['数据表', '表英文名'] }),
    title: field.text(words('中文表名', 'Title'), { max: 200, aliases: ['表中文名', '表说明'] }),
    owner: field.organisation(words('责任单位', 'Owner'), { aliases: ['主管单位'] }),
    rows: maybe(field.integer(words('数据量', 'Rows'), { min: 0, aliases: ['行数', '记录数'] })),
    dataset: maybe(field.text(words('汇聚数据集', 'Collected by'), { max: 100, aliases: ['数据集'] })),
    reason: maybe(field.code(words('未汇聚原因', 'Why not collected'), REASONS, { aliases: ['不汇聚原因'] })),
    basis: maybe(field.text(words('依据', 'Basis'), { max: 200 })),
    plannedUntil: maybe(field.date(words('计划汇聚日期', 'Planned until'))),
  }),
  key: ['system', 'name'],
  scope: { organisation: 'owner' },
  list: { columns: ['system', 'name', 'title', 'dataset', 'reason'], sort: ['owner'], search: ['title'] },
  quality: [
    {
      id: 'plan-has-day',
      title: words('列入计划的应有日期', 'What is planned has a day'),
      dimension: 'complete',
      holds: "reason is distinct from 'planned' or planned_until is not null",
    },
  ],
})

/** Columns of the tables. */
export const systemFields = dataset({
  ...common,
  id: 'collection.system-field',
  title: words('字段清单', 'Fields of the tables'),
  about: words('各数据表的字段及其对应的数据元', 'Fields of each table, and the elements they are of'),
  schema: Type.Object({
    system: field.reference(words('系统编号', 'System'), 'collection.system'),
    table: field.text(words('表名', 'Table'), { max: 200 }),
    name: field.text(words('字段名', 'Field'), { max: 200 }),
    title: maybe(field.text(words('中文名', 'Title'), { max: 200 })),
    type: maybe(field.text(words('数据类型', 'Type'), { max: 200 })),
    owner: field.organisation(words('责任单位', 'Owner')),
    field: maybe(field.text(words('对应数据集字段', 'Field of the dataset'), { max: 60 })),
    element: maybe(field.text(words('数据元', 'Element'), { max: 100 })),
  }),
  key: ['system', 'table', 'name'],
  scope: { organisation: 'owner' },
  list: { columns: ['system', 'table', 'name', 'title', 'field'], sort: ['owner'], search: ['title'] },
})

export const collectionDatasets = [systems, systemTables, systemFields]
