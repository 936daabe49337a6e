/**
 * What BPMN has no word for, kept in the file under a namespace of its own: other tools show the diagram and keep it,
 * and a definition that comes back is the same.
 */
export const extension = {
  name: 'Daizong',
  prefix: 'daizong',
  uri: 'https://daizong.dev/schema/bpmn/1.0',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Matter',
      superClass: ['Element'],
      properties: [{ name: 'body', type: 'String', isBody: true }],
    },
    {
      name: 'Step',
      superClass: ['Element'],
      properties: [
        { name: 'id', type: 'String', isAttr: true },
        { name: 'body', type: 'String', isBody: true },
      ],
    },
    {
      name: 'Action',
      superClass: ['Element'],
      properties: [
        { name: 'id', type: 'String', isAttr: true },
        { name: 'body', type: 'String', isBody: true },
      ],
    },
    {
      name: 'FlowOfAction',
      extends: ['bpmn:SequenceFlow'],
      properties: [{ name: 'action', type: 'String', isAttr: true }],
    },
    {
      name: 'ChoiceByHook',
      extends: ['bpmn:ExclusiveGateway'],
      properties: [{ name: 'choose', type: 'String', isAttr: true }],
    },
  ],
} as const

/** The library with the product's own words; loaded when a file is read or written. */
export async function loadModdle() {
  const { BpmnModdle } = await import('bpmn-moddle')
  return new BpmnModdle({ daizong: extension })
}
