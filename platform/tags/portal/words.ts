export const KINDS = {
  fact: { zh: '事实', en: 'Fact' },
  statistic: { zh: '统计', en: 'Statistic' },
  model: { zh: '模型', en: 'Estimate' },
} as const

export const KIND_ABOUT = {
  fact: { zh: '来源登记如此', en: 'as a source says' },
  statistic: { zh: '按规则计算得出', en: 'counted or compared by rule' },
  model: { zh: '由模型估计，只作线索', en: 'estimated by a model, a lead only' },
} as const

export const SENSITIVITIES = {
  public: { zh: '可公开', en: 'Public' },
  internal: { zh: '内部', en: 'Internal' },
  sensitive: { zh: '敏感', en: 'Sensitive' },
} as const

/** Kinds of segments. */
export const USES = {
  service: { zh: '服务类人群', en: 'Segments of services' },
  supervision: { zh: '监管类人群', en: 'Segments of supervision' },
} as const

/** A model whose index is above this has shifted; above the lesser one it is watched. */
export const PSI_SHIFTED = 0.25
export const PSI_WATCHED = 0.1

export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
