import { z } from 'zod'
import { dayText, idText } from '../foundation/values/api-values.ts'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'

const restrictedItem = z.strictObject({
  id: idText, customerId: idText, contactId: idText, customerName: z.string(), businessDate: dayText, writtenOn: dayText, authorKey: z.number().int(), authorName: z.string(),
})
export type RestrictedItem = z.output<typeof restrictedItem>

/** The restricted texts that this person may read, without their content. Whoever may read none gets an empty list. */
export const listRestrictedTexts = endpoint({
  id: 'restricted-text.list', method: 'GET', path: '/api/restricted-texts',
  text: { zh: '查看可读的限制内容', en: 'See the restricted texts one may read' },
  permission: 'contact.restricted.read',
  query: z.strictObject({ ...pageQuery, customerId: idText.optional() }),
  reply: page(restrictedItem),
})

/** Reading one leaves a line in the journal that only its readers and compliance see. */
export const readRestrictedText = endpoint({
  id: 'restricted-text.read', method: 'GET', path: '/api/restricted-texts/:textId',
  text: { zh: '阅读限制内容', en: 'Read a restricted text' },
  permission: 'contact.restricted.read',
  params: z.strictObject({ textId: idText }),
  reply: restrictedItem.extend({ text: z.string().nullable(), readers: z.array(z.strictObject({ staffKey: z.number().int(), name: z.string() })), mayNameReaders: z.boolean() }),
})

export const nameRestrictedReaders = endpoint({
  id: 'restricted-text.readers', method: 'PUT', path: '/api/restricted-texts/:textId/readers',
  text: { zh: '指定限制内容的阅读人', en: 'Name the readers of a restricted text' },
  permission: 'contact.restricted.read', writes: 'act',
  params: z.strictObject({ textId: idText }),
  body: z.strictObject({ readers: z.array(z.number().int().positive().max(2_147_483_647)).max(20) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'not-the-author': { status: 403, zh: '只有作者可以指定阅读人', en: 'Only the author names the readers' },
    'reader-unknown': { status: 422, zh: '未能指定。所选阅读人已不在职。请重新选择', en: 'Not named. A reader is not employed any more. Choose again' },
  },
})
