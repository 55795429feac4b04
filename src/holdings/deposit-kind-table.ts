/**
 * What kind of deposit an account is (12.4, W1): the first row of which a word stands in the name of its product. Without one an account that ends on a day is a time deposit, any other a demand deposit. A call deposit
 * (通知存款) and a certificate (大额存单) count as time, as in the statistics of the central bank.
 */
export const depositKindWords: readonly { kind: 'TIME' | 'AGREEMENT' | 'STRUCTURED' | 'MARGIN'; words: readonly string[] }[] = [
  { kind: 'MARGIN', words: ['保证金'] },
  { kind: 'STRUCTURED', words: ['结构性'] },
  { kind: 'AGREEMENT', words: ['协定', '协议'] },
  { kind: 'TIME', words: ['定期', '通知', '大额存单', '整存整取', '零存整取'] },
]
