import { defineText } from '../../ui/text.ts'

export const inventoryText = defineText({
  title: { zh: '数据清单', en: 'Data inventory' },
  sub: { zh: '每个存储字段只有一个数据级别；依数据库现状列出', en: 'Each stored field has exactly one class; listed from the database as it is' },
  print: { zh: '打印', en: 'Print' },
  tables: { zh: '数据表', en: 'Tables' },
  class: { zh: '数据级别', en: 'Class' }, room: { zh: '所属模块', en: 'Room' },
  CORE: { zh: '核心数据', en: 'Core' }, IMPORTANT: { zh: '重要数据', en: 'Important' }, GENERAL_SENSITIVE: { zh: '敏感级一般数据', en: 'General, sensitive' }, GENERAL: { zh: '一般数据', en: 'General' },
  coreNote: { zh: '不得存储', en: 'may not be stored' },
  search: { zh: '表名、字段名', en: 'Table or field' },
  purpose: { zh: '用途', en: 'Purpose' }, owner: { zh: '责任岗位', en: 'Owner' }, retention: { zh: '保存期限', en: 'Retention' },
  field: { zh: '字段', en: 'Field' }, column: { zh: '列名', en: 'Column' }, kept: { zh: '保护方式', en: 'Protection' },
  ENCRYPTED: { zh: '加密', en: 'Encrypted' }, HASHED: { zh: '带密钥散列', en: 'Keyed hash' }, MASKED: { zh: '脱敏', en: 'Masked' }, CLEAR: { zh: '明文', en: 'In clear' },
  RESTRICTED: { zh: '限制内容', en: 'Restricted' }, SECRET: { zh: '机密内容', en: 'Secret' },
  none: { zh: '没有符合条件的字段', en: 'No field matches' },
})
