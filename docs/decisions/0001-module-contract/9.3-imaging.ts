import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { dataset, field } from '#platform/registry'
import { defineModule, words } from '#runtime'
import '#platform/indicators'

const study = dataset({
  id: 'imaging.study',
  title: words('影像检查', 'Imaging study'),
  about: words('一次检查及其序列，像素在归档里', 'One examination and its series; pixels are in the archive'),
  source: 'city.health',
  schema: Type.Object({
    uid: field.text(words('检查 UID', 'Study Instance UID'), { pattern: '^[0-9.]{1,64}$' }),
    patient: field.identity(words('患者', 'Patient')),
    patientName: field.text(words('姓名', 'Name'), { personal: true, mask: 'name' }),
    modality: field.code(words('设备类型', 'Modality'), {
      CT: words('CT', 'CT'),
      MR: words('磁共振', 'MR'),
      CR: words('X 线', 'CR'),
    }),
    hospital: field.organisation(words('医院', 'Hospital')),
    takenAt: field.instant(words('检查时间', 'Taken at')),
    inpatient: field.boolean(words('住院', 'Inpatient')),
  }),
  key: ['uid'],
  level: 'sensitive',
  sharing: 'conditional',
  opening: 'closed',
  retention: { years: 30 },
  scope: { organisation: 'hospital' },
})

const reading = loop({
  id: 'imaging.reading',
  version: 1,
  title: words('远程阅片', 'Remote reading'),
  headline: words('{modality} {hospital}', '{modality} {hospital}'),
  data: Type.Object({
    study: field.reference(words('检查', 'Study'), 'imaging.study'),
    modality: field.text(words('设备类型', 'Modality')),
    hospital: field.organisation(words('医院', 'Hospital')),
    urgency: field.code(words('紧急程度', 'Urgency'), {
      emergency: words('急诊', 'Emergency'),
      routine: words('常规', 'Routine'),
    }),
  }),
  start: { choose: 'imaging.by-urgency', among: ['emergency', 'routine'] },
  places: {
    emergency: {
      title: words('急诊阅片', 'Emergency reading'),
      kind: 'open',
      assign: { right: 'imaging.read' },
      clock: { limit: '30min', warnBefore: '10min' },
    },
    routine: {
      title: words('常规阅片', 'Routine reading'),
      kind: 'open',
      assign: { right: 'imaging.read' },
      clock: { limit: '24h', warnBefore: '4h' },
    },
    review: {
      title: words('审签', 'Second reading'),
      kind: 'open',
      assign: { right: 'imaging.sign' },
      clock: { limit: '2h' },
    },
    signed: { title: words('报告已签', 'Report signed'), kind: 'end', outcome: 'done' },
  },
  actions: {
    report: {
      title: words('写报告', 'Report'),
      from: ['emergency', 'routine'],
      to: 'review',
      form: Type.Object({
        findings: field.longText(words('所见', 'Findings')),
        impression: field.longText(words('印象', 'Impression')),
        keyImages: field.json(words('关键图像', 'Key images'), Type.Array(Type.String())),
      }),
    },
    sign: {
      title: words('签发', 'Sign'),
      from: ['review'],
      to: 'signed',
      notBy: ['report'],
      effects: ['imaging.seal-report'],
    },
  },
})

/** 9.3 Imaging cloud against the contracts; DICOM protocols are its own server parts. */
export const imaging = defineModule({
  id: 'imaging',
  plan: '9.3',
  title: words('医学影像云平台', 'Imaging cloud'),
  about: words('影像归档、阅片、签发、云胶片', 'Archive, reading, signing and film by link'),
  needs: ['registry', 'loops', 'indicators'],
  folder: import.meta.dirname,
  rights: [
    { id: 'imaging.read', title: words('阅片', 'Read studies') },
    { id: 'imaging.sign', title: words('审签报告', 'Sign reports') },
  ],
  auditEvents: [
    { id: 'imaging.study.opened', title: words('调阅影像', 'Study opened'), kind: 'personal' },
    { id: 'imaging.film.opened', title: words('打开云胶片', 'Film opened by link'), kind: 'personal' },
  ],
  datasets: [study],
  loops: [reading],
  indicators: [
    {
      id: 'imaging.turnaround',
      title: words('急诊报告时长', 'Turnaround of emergency readings'),
      about: words('从检查到签发的分钟数，第 90 百分位', 'Minutes from examination to signature, 90th percentile'),
      unit: 'min',
      period: 'day',
      dimension: 'organisation',
      better: 'lower',
      revision: words('不修订', 'Not revised'),
      source: 'city.health',
      decimals: 0,
      compute: 'imaging.turnaround',
    },
  ],
})
