import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'
import { idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const tagView = z.strictObject({ id: z.string(), word: z.string(), meaning: z.string().nullable(), unitName: z.string(), unitNameEn: z.string(), from: z.string(), mine: z.boolean() })
export type TagView = z.output<typeof tagView>

/** Words that the units of one's line use for their customers. A tag is a word and its day; it has no colour. */
export const listTags = endpoint({
  id: 'tags.list', method: 'GET', path: '/api/tags',
  text: { zh: '查看标签', en: 'List tags' },
  permission: 'customer.list',
  reply: z.strictObject({ items: z.array(tagView) }),
})
export const createTag = endpoint({
  id: 'tags.create', method: 'POST', path: '/api/tags',
  text: { zh: '新建标签', en: 'Create a tag' },
  permission: 'tag.keep', writes: 'create',
  body: z.strictObject({ id: newIdText, word: safeText(20), meaning: safeText(100).nullable().default(null) }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'word-taken': { status: 409, zh: '未能保存。您的机构已有该标签', en: 'Not saved. Your unit has this tag' } },
})
export const endTag = endpoint({
  id: 'tags.end', method: 'PUT', path: '/api/tags/:tagId/end',
  text: { zh: '停用标签', en: 'Retire a tag' },
  permission: 'tag.keep', writes: 'act',
  params: z.strictObject({ tagId: idText }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'tag-not-yours': { status: 403, zh: '未能停用。只有建立人可以停用', en: 'Not retired. Only its maker may retire it' } },
})

const customer = z.strictObject({ customerId: idText })
export const listCustomerTags = endpoint({
  id: 'customers.tags', method: 'GET', path: '/api/customers/:customerId/tags',
  text: { zh: '查看客户标签', en: 'See the tags of a customer' },
  permission: 'customer.read', opens: 'customerId', params: customer,
  reply: z.strictObject({ items: z.array(z.strictObject({ tagId: z.string(), word: z.string(), meaning: z.string().nullable(), unitName: z.string(), from: z.string(), taggedBy: z.string() })) }),
})
export const tagCustomer = endpoint({
  id: 'customers.tag', method: 'POST', path: '/api/customers/:customerId/tags',
  text: { zh: '打标签', en: 'Tag a customer' },
  permission: 'customer.tag', opens: 'customerId', writes: 'create', params: customer,
  body: z.strictObject({ id: newIdText, tagId: idText }),
  reply: z.strictObject({ id: z.string() }),
  refusals: {
    'tag-gone': { status: 404, zh: '未能保存。所选标签已停用，或不属于您的机构', en: 'Not saved. The tag was retired, or is not one of your line' },
    'tagged-already': { status: 409, zh: '未能保存。客户已有该标签', en: 'Not saved. The customer has this tag' },
  },
})
export const untagCustomer = endpoint({
  id: 'customers.untag', method: 'PUT', path: '/api/customers/:customerId/tags/:tagId/end',
  text: { zh: '取消标签', en: 'Take a tag off' },
  permission: 'customer.tag', opens: 'customerId', writes: 'act', params: z.strictObject({ customerId: idText, tagId: idText }),
  reply: z.strictObject({ tagId: z.string() }),
})
