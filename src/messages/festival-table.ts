/** Festivals on which customers are greeted: a day of the solar or of the lunar calendar. Qingming is none: one does not congratulate. */
export type Festival = { code: string; zh: string; en: string; month: number; day: number; lunar: boolean }

export const festivals: readonly Festival[] = [
  { code: 'NEW_YEAR', zh: '元旦', en: 'New Year', month: 1, day: 1, lunar: false },
  { code: 'SPRING_FESTIVAL', zh: '春节', en: 'Spring Festival', month: 1, day: 1, lunar: true },
  { code: 'LANTERN', zh: '元宵节', en: 'Lantern Festival', month: 1, day: 15, lunar: true },
  { code: 'LABOUR_DAY', zh: '劳动节', en: 'Labour Day', month: 5, day: 1, lunar: false },
  { code: 'DRAGON_BOAT', zh: '端午节', en: 'Dragon Boat Festival', month: 5, day: 5, lunar: true },
  { code: 'MID_AUTUMN', zh: '中秋节', en: 'Mid-Autumn Festival', month: 8, day: 15, lunar: true },
  { code: 'NATIONAL_DAY', zh: '国庆节', en: 'National Day', month: 10, day: 1, lunar: false },
  { code: 'DOUBLE_NINTH', zh: '重阳节', en: 'Double Ninth Festival', month: 9, day: 9, lunar: true },
]
