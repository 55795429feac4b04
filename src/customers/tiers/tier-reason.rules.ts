const tiers: Readonly<Record<string, string>> = { 核心优质: 'Core', 重点: 'Key', 普通优质: 'Good' }
const whole: Readonly<Record<string, string>> = { 尚无完整月份: 'no full month yet', 潜在客户: 'prospect', 客户已合并: 'merged into another customer', '年贡献暂无来源，未计入': 'contribution of the year has no source yet and was not counted', 有贷款: 'has credit', 在战略名单: 'on the strategic list' }

// '4.98 万元', '8,500.00 元': two decimals of the unit, so that a sum in 万 is known to the hundred
function amount(text: string, money: string): string | null {
  const found = /^(-?)([\d,]+)\.(\d\d) (万?)\S+$/.exec(text)
  if (!found) return null
  const [, sign = '', units = '', decimals = '', wan = ''] = found
  const digits = `${units.replaceAll(',', '')}${decimals}`
  const [yuan, rest] = wan === '' ? [digits.slice(0, -2), decimals] : [`${digits}00`, '00']
  return `${money} ${sign}${yuan.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`
}

function part(text: string, money: string): string | null {
  if (whole[text] !== undefined) return whole[text]
  const average = /^(\d{4}-\d{2}) 月日均 (.+)$/.exec(text)
  if (average) return ((sum) => sum && `average of ${average[1] ?? ''} ${sum}`)(amount(average[2] ?? '', money))
  const year = /^近 12 个月贡献 (.+)$/.exec(text)
  if (year) return ((sum) => sum && `contribution of 12 months ${sum}`)(amount(year[1] ?? '', money))
  const below = /^连续三个月低于(.+)标准$/.exec(text)
  return below ? ((tier) => tier === undefined ? null : `three months below the line of ${tier}`)(tiers[below[1] ?? '']) : null
}

/** Why a tier is held, for readers of English: the sentence that the product keeps is Chinese and made of known parts. One that a person wrote stays as it is. `money`: how the bank's money is called in English. */
export function tierReason(kept: string, english: boolean, money: string): string {
  if (!english) return kept
  const sentences = kept.split('；').map((sentence) => {
    if (whole[sentence] !== undefined) return whole[sentence]
    const parts = sentence.split('，').map((one) => part(one, money))
    return parts.includes(null) ? null : parts.join(', ')
  })
  return sentences.includes(null) ? kept : sentences.join('; ')
}
