interface Words {
  readonly zh: string
  readonly en: string
}

/** Dimensions of the metadata quality score. */
export const DIMENSIONS = {
  findability: { zh: '易找', en: 'Findability' },
  accessibility: { zh: '可得', en: 'Accessibility' },
  interoperability: { zh: '互通', en: 'Interoperability' },
  reusability: { zh: '可用', en: 'Reusability' },
  context: { zh: '背景', en: 'Context' },
} as const

/** What is asked of a dataset, with what to do where it is missing. */
export const METRICS: Readonly<Record<string, { readonly title: Words; readonly todo: Words }>> = {
  keywords: { title: { zh: '关键词', en: 'Keywords' }, todo: { zh: '填写关键词', en: 'Add keywords' } },
  themes: { title: { zh: '主题', en: 'Themes' }, todo: { zh: '选择主题', en: 'Choose a theme' } },
  spatial: {
    title: { zh: '空间范围', en: 'Spatial coverage' },
    todo: { zh: '填写所涉区划', en: 'Say which area it covers' },
  },
  temporal: {
    title: { zh: '时间范围', en: 'Temporal coverage' },
    todo: { zh: '填写起止时间', en: 'Say which time it covers' },
  },
  accessUrl: {
    title: { zh: '访问地址可用', en: 'Access address answers' },
    todo: { zh: '重新形成版本', en: 'Make a new version' },
  },
  downloadUrl: {
    title: { zh: '有下载地址', en: 'Download address' },
    todo: { zh: '改为可下载的开放方式', en: 'Offer files to download' },
  },
  downloadStatus: {
    title: { zh: '下载可用', en: 'Download answers' },
    todo: { zh: '重新形成文件', en: 'Make the files again' },
  },
  format: { title: { zh: '注明格式', en: 'Format' }, todo: { zh: '注明文件格式', en: 'Name the format' } },
  mediaType: {
    title: { zh: '注明媒体类型', en: 'Media type' },
    todo: { zh: '注明媒体类型', en: 'Name the media type' },
  },
  vocabulary: {
    title: { zh: '格式取自标准表', en: 'Format from a vocabulary' },
    todo: { zh: '改用标准格式代码', en: 'Use standard format codes' },
  },
  nonProprietary: {
    title: { zh: '非专有格式', en: 'Non-proprietary format' },
    todo: { zh: '提供 CSV 等格式', en: 'Offer CSV or the like' },
  },
  machineReadable: {
    title: { zh: '机器可读', en: 'Machine readable' },
    todo: { zh: '提供 CSV 或 JSON', en: 'Offer CSV or JSON' },
  },
  dcatAp: {
    title: { zh: '符合 DCAT-AP', en: 'DCAT-AP compliance' },
    todo: { zh: '补齐名称和说明', en: 'Complete title and description' },
  },
  licence: { title: { zh: '许可', en: 'Licence' }, todo: { zh: '选择许可', en: 'Choose a licence' } },
  licenceVocabulary: {
    title: { zh: '许可取自标准表', en: 'Licence from a vocabulary' },
    todo: { zh: '改用标准许可', en: 'Use a standard licence' },
  },
  accessRights: {
    title: { zh: '开放方式', en: 'Access rights' },
    todo: { zh: '注明开放方式', en: 'Say who may use it' },
  },
  accessRightsVocabulary: {
    title: { zh: '开放方式取自标准表', en: 'Access rights from a vocabulary' },
    todo: { zh: '改用标准代码', en: 'Use standard codes' },
  },
  contactPoint: {
    title: { zh: '联系方式', en: 'Contact point' },
    todo: { zh: '填写办公邮箱或电话', en: 'Give an office mail or telephone' },
  },
  publisher: { title: { zh: '发布单位', en: 'Publisher' }, todo: { zh: '注明责任单位', en: 'Name the owner' } },
  rights: { title: { zh: '权利说明', en: 'Rights statement' }, todo: { zh: '注明权利', en: 'State the rights' } },
  byteSize: { title: { zh: '文件大小', en: 'File size' }, todo: { zh: '重新形成文件', en: 'Make the files again' } },
  issued: {
    title: { zh: '发布日期', en: 'Date of issue' },
    todo: { zh: '发布后自动产生', en: 'Comes with the release' },
  },
  modified: {
    title: { zh: '更新日期', en: 'Date of change' },
    todo: { zh: '发布后自动产生', en: 'Comes with the release' },
  },
}
