import { defineText } from '../../ui/text.ts'

export const conductText = defineText({
  title: { zh: '反洗钱备注', en: 'Notes of the AML desk' },
  secret: { zh: '机密', en: 'Secret' },
  hint: { zh: '仅反洗钱岗和知情人可见；不得向客户或他人透露', en: 'Only the desk and the people of the case see it; tell nobody, least of all the customer' },
  write: { zh: '写备注', en: 'Write a note' },
  text: { zh: '内容', en: 'Text' },
  readers: { zh: '知情人', en: 'People of the case' },
  nameReaders: { zh: '指定知情人', en: 'Name people' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '已保存', en: 'Saved' },
  needText: { zh: '请填写内容', en: 'Write the text' },
  none: { zh: '还没有备注', en: 'No note yet' },
  nothing: { zh: '没有您可读的备注', en: 'No note that you may read' },
  customer: { zh: '客户', en: 'Customer' },
  written: { zh: '写于', en: 'Written' },
  author: { zh: '作者', en: 'Author' },
  read: { zh: '查看', en: 'Read' },
  unreadable: { zh: '已超过保存期限，内容不可读', en: 'Past its retention; it cannot be read any more' },
})
