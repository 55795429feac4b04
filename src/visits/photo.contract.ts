import { z } from 'zod'
import { endpoint, mayDo } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

const ofContact = z.strictObject({ customerId: idText, contactId: idText })
const position = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), accuracyM: z.number().min(0).max(100_000), at: z.iso.datetime() })
const usedBefore = z.enum(['NO', 'SAME_CUSTOMER', 'ELSEWHERE'])

/** A photo of the visit. It may come later than the record: a phone without connection keeps it. */
export const addPhoto = endpoint({
  id: 'contact.add-photo', method: 'POST', path: '/api/customers/:customerId/contacts/:contactId/photos',
  text: { zh: '上传联系照片', en: 'Add a photo of a contact' },
  permission: 'contact.record', opens: 'customerId', writes: 'create',
  params: ofContact,
  body: z.strictObject({ id: newIdText, position: position.nullable().default(null), placeConsent: z.boolean().default(false) }),
  upload: { kinds: ['JPEG', 'PNG', 'WEBP'], most: 12 * 1024 * 1024 },
  reply: z.strictObject({ id: idText, usedBefore, usedOn: dayText.nullable() }),
  refusals: {
    'contact-voided': { status: 409, zh: '未能上传。此记录已作废', en: 'Not added. This record is void' },
    'not-your-record': { status: 403, zh: '只有记录人或其上级可以上传照片', en: 'Only the recorder or the head of the line adds photos' },
    'photo-unreadable': { status: 422, zh: '未能上传。照片已损坏或尺寸过大，无法打开。请重新拍摄', en: 'Not added. The photo is damaged or too large to be opened. Take it anew' },
    'photo-in-future': { status: 422, zh: '未能上传。照片的拍摄时间 {day} 晚于现在。请核对手机时间', en: 'Not added. The photo says that it was taken on {day}, in the future. Check the clock of the phone' },
    'too-many-photos': { status: 409, zh: '未能上传。每条记录最多 {most} 张照片', en: 'Not added. A record has at most {most} photos' },
    'place-not-kept': { status: 422, zh: '未能上传。本行不保存照片位置。请关闭位置后重试', en: 'Not added. This bank keeps no places of photos. Leave the place out' },
    'place-without-consent': { status: 422, zh: '未能上传。保存位置须经客户同意。请勾选同意或去掉位置', en: 'Not added. A place needs the customer’s consent. Tick it or leave the place out' },
    'place-forged': { status: 422, zh: '未能上传。位置与照片或时间不符，不能采信。请关闭模拟定位后重试，或不带位置', en: 'Not added. The place does not fit the photo or the time. Switch off what changes your position, or leave the place out' },
  },
})

const photo = z.strictObject({
  id: idText, takenAt: z.string().nullable(), takenFrom: z.enum(['CAMERA', 'DEVICE', 'NONE']), place: z.strictObject({ latitude: z.string(), longitude: z.string() }).nullable(), width: z.number().int(), height: z.number().int(), usedBefore, addedBy: z.string(), addedOn: dayText,
})
export type PhotoView = z.output<typeof photo>

export const listPhotos = endpoint({
  id: 'contact.photos', method: 'GET', path: '/api/customers/:customerId/contacts/:contactId/photos',
  text: { zh: '查看联系照片', en: 'See the photos of a contact' },
  permission: 'contact.read', opens: 'customerId', params: ofContact,
  reply: z.strictObject({ items: z.array(photo), may: mayDo }),
})

/** The picture itself, without the camera's notes. */
export const showPhoto = endpoint({
  id: 'contact.photo', method: 'GET', path: '/api/customers/:customerId/contacts/:contactId/photos/:photoId',
  text: { zh: '查看一张照片', en: 'See a photo' },
  permission: 'contact.read', opens: 'customerId', raw: true,
  params: ofContact.extend({ photoId: idText }), query: z.strictObject({ size: z.enum(['small', 'large']).default('large') }), reply: z.unknown(),
})

export const removePhoto = endpoint({
  id: 'contact.remove-photo', method: 'POST', path: '/api/customers/:customerId/contacts/:contactId/photos/:photoId/remove',
  text: { zh: '移除联系照片', en: 'Remove a photo' },
  permission: 'contact.record', opens: 'customerId', writes: 'act',
  params: ofContact.extend({ photoId: idText }), body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'not-your-record': { status: 403, zh: '只有记录人或其上级可以移除照片', en: 'Only the recorder or the head of the line removes photos' } },
})
