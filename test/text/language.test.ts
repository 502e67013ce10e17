import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { tokenize } from '../../src/text/analyzer.ts'
import { clueOf, LanguageCounter, languageOf } from '../../src/text/language.ts'

const detect = (text: string) => languageOf(tokenize(text).map(({ term }) => term))

describe('the language of a text', () => {
  it.each([
    ['ar', 'كان الطريق إلى القرية طويلا، ولم يكن في البيت أحد غير الجد الذي كان ينام بعد الظهر.'],
    [
      'az',
      'Kəndə gedən yol çox uzun idi və evdə heç kim yox idi, lakin baba hər gün olduğu kimi bağda bir kitab oxuyurdu.',
    ],
    [
      'be',
      'Дарога да вёскі была доўгая, і калі мы прыйшлі, у хаце ўжо нікога не было, але дзед спаў пад яблыняй.',
    ],
    [
      'bg',
      'Пътят към селото беше дълъг и когато стигнахме, в къщата вече нямаше никой, но дядо още спеше под дървото.',
    ],
    ['bn', 'গ্রামের পথ ছিল দীর্ঘ এবং বাড়িতে কেউ ছিল না।'],
    [
      'ca',
      'El camí fins al poble era molt llarg i quan hi vam arribar ja no hi havia ningú a la casa, però també això ens va agradar.',
    ],
    [
      'cs',
      'Cesta do vesnice byla dlouhá, a když jsme přišli, v domě už nikdo nebyl, ale děda ještě spal pod stromem jako vždy.',
    ],
    [
      'da',
      'Vejen til landsbyen var lang, og da vi kom frem, var der ikke nogen hjemme, men bedstefar sov efter maden ude under træet.',
    ],
    [
      'de',
      'Der Weg in das Dorf war lang, und als wir ankamen, war niemand mehr im Haus, aber der Großvater schlief noch unter dem Baum.',
    ],
    ['el', 'Ο δρόμος για το χωριό ήταν μακρύς και στο σπίτι δεν ήταν κανείς.'],
    [
      'en',
      'The way to the village was long, and when we got there nobody was in the house, but grandfather slept under the tree.',
    ],
    [
      'eo',
      'La vojo al la vilaĝo estis longa, kaj kiam ni venis, neniu estis en la domo, sed la avo dormis kun sia hundo ĉe la arbo.',
    ],
    [
      'es',
      'El camino hasta el pueblo era largo y cuando llegamos no había nadie en la casa, pero el abuelo dormía bajo un árbol.',
    ],
    [
      'et',
      'Tee külla oli pikk ja kui me kohale jõudsime, ei olnud majas enam kedagi, aga vanaisa magas veel puu all nagu ikka.',
    ],
    ['fa', 'راه روستا دراز بود و وقتی رسیدیم هیچ کس در خانه نبود، اما پدربزرگ هنوز زیر درخت خوابیده بود.'],
    [
      'fi',
      'Tie kylään oli pitkä, ja kun me tulimme perille, talossa ei ollut enää ketään, mutta isoisä nukkui vielä puun alla, niin kuin aina.',
    ],
    [
      'fr',
      "Le chemin du village était long et, quand nous sommes arrivés, il n'y avait plus personne dans la maison.",
    ],
    [
      'ga',
      'Bhí an bóthar go dtí an baile fada, agus nuair a shroicheamar é ní raibh duine ar bith sa teach, ach bhí an seanathair faoi chrann.',
    ],
    ['he', 'הדרך אל הכפר היתה ארוכה ובבית לא היה איש.'],
    ['hi', 'गाँव का रास्ता लंबा था और जब हम पहुँचे तो घर में कोई नहीं था, लेकिन दादा पेड़ के नीचे सो रहे थे।'],
    [
      'hr',
      'Put do sela bio je dug, a kada smo stigli u kuću, nije bilo više nikoga, ali djed je još spavao pod drvom kao i prije.',
    ],
    [
      'hu',
      'Az út a faluba hosszú volt, és mire megérkeztünk, már senki sem volt a házban, csak a nagyapa aludt még egy fa alatt.',
    ],
    ['hy', 'Գյուղի ճանապարհը երկար էր, և տանը ոչ ոք չկար։'],
    [
      'id',
      'Jalan ke desa itu sangat panjang dan ketika kami tiba, tidak ada orang di rumah, tetapi kakek masih tidur di bawah pohon.',
    ],
    [
      'it',
      'La strada per il paese era lunga e quando siamo arrivati non c’era più nessuno nella casa, ma il nonno dormiva sotto un albero.',
    ],
    ['ja', '村への道は長く、着いたときには家に誰もいなかった。'],
    ['ko', '마을로 가는 길은 길었고 집에는 아무도 없었다.'],
    [
      'lt',
      'Kelias į kaimą buvo ilgas, o kai mes atėjome, namuose jau nieko nebuvo, bet senelis dar miegojo po medžiu, kaip ir visada.',
    ],
    [
      'lv',
      'Ceļš uz ciemu bija garš, un kad mēs atnācām, mājā vairs neviena nebija, bet vectēvs vēl gulēja zem koka, kā jau arī tas ir.',
    ],
    [
      'mk',
      'Патот до селото беше долг и кога стигнавме во куќата немаше никого, но дедо ми сѐ уште спиеше под дрвото како и секогаш.',
    ],
    ['mr', 'गावाचा रस्ता लांब होता आणि आम्ही पोहोचलो तेव्हा घरात कोणी नव्हते, पण आजोबा झाडाखाली झोपले होते आहे.'],
    ['ne', 'गाउँ जाने बाटो लामो थियो र हामी पुग्दा घरमा कोही पनि थिएन तर हजुरबुबा रूखमुनि सुतेको थियो।'],
    [
      'nl',
      'De weg naar het dorp was lang, en toen we aankwamen was er niemand meer in het huis, maar opa sliep nog onder de boom.',
    ],
    [
      'no',
      'Veien til landsbyen var lang, og da vi kom frem, var det ikke noen hjemme, men bestefar sov etter maten ute under treet.',
    ],
    [
      'pl',
      'Droga do wsi była długa, a kiedy doszliśmy, w domu już nie było nikogo, ale dziadek jeszcze spał pod drzewem, jak to on.',
    ],
    [
      'pt',
      'O caminho até a aldeia era longo e, quando chegamos, já não havia ninguém em casa, mas o avô dormia ainda sob uma árvore.',
    ],
    [
      'ro',
      'Drumul până în sat era lung și, când am ajuns, nu mai era nimeni în casă, dar bunicul dormea încă sub un copac.',
    ],
    [
      'ru',
      'Дорога до деревни была длинная, и когда мы пришли, в доме уже никого не было, но дед ещё спал под яблоней.',
    ],
    [
      'sk',
      'Cesta do dediny bola dlhá, a keď sme prišli, v dome už nebol nikto, ale dedko ešte spal pod stromom, ako to bolo vždy.',
    ],
    [
      'sl',
      'Pot do vasi je bila dolga, in ko smo prišli, v hiši ni bilo več nikogar, toda dedek je še spal pod drevesom kot vedno, ker je lahko.',
    ],
    [
      'sr',
      'Пут до села био је дуг, а када смо стигли, у кући више није било никога, али деда је још спавао под дрветом.',
    ],
    [
      'sv',
      'Vägen till byn var lång, och när vi kom fram var det inte någon hemma, men farfar sov efter maten ute under trädet.',
    ],
    ['ta', 'கிராமத்திற்கு செல்லும் பாதை நீளமானது, வீட்டில் யாரும் இல்லை.'],
    ['th', 'ทางไปหมู่บ้านนั้นยาวไกล และไม่มีใครอยู่ในบ้าน'],
    [
      'tr',
      'Köye giden yol çok uzundu ve biz oraya vardığımızda evde hiç kimse yok gibiydi, ama dede her zaman olduğu gibi ağacın altında.',
    ],
    [
      'uk',
      'Дорога до села була довга, і коли ми прийшли, в хаті вже нікого не було, але дід ще спав під яблунею.',
    ],
    [
      'ur',
      'گاؤں کا راستہ لمبا تھا اور جب ہم پہنچے تو گھر میں کوئی نہیں تھا، لیکن دادا درخت کے نیچے سو رہے تھے۔',
    ],
    [
      'vi',
      'Con đường về làng rất dài và khi chúng tôi đến thì không còn ai ở trong nhà, nhưng ông vẫn ngủ dưới một gốc cây.',
    ],
    ['zh', '通往村子的路很长，家里一个人也没有。'],
  ])('is %s', (language, text) => expect(detect(text)).toBe(language))

  it.each([
    ['nothing', ''],
    ['figures', '12 14.5 2024 1.0.21 99'],
    ['names', 'Anna Meier, Karl Schmidt, Los Angeles, San Diego, De La Cruz'],
    [
      'addresses',
      'https://example.com/de/la/a https://example.com/de/la/b https://example.es/la/el/c http://example.com',
    ],
  ])('is left open for %s', (_, text) => expect(detect(text)).toBe(''))

  it('is English or none for code, whatever words of other languages its names are', () => {
    const code =
      'for (var i = 0; i < den; i++) if (min[i] in set) over(max, as, i); do { to = at[i] } while (den)'
    expect(detect(code)).toMatch(/^(en)?$/)
    expect(detect(code.repeat(50))).toMatch(/^(en)?$/)
  })

  it('is that of the prose around code, and of the text around a foreign word', () => {
    const code =
      'static int foo_bar(struct page *page) { return page_count(page) + ARRAY_SIZE(list); } '.repeat(8)
    expect(
      detect(
        `${code} The lock of the page must be held when this is called, or it will not be seen by others.`,
      ),
    ).toBe('en')
    expect(
      detect(
        `${code} 调用此函数时必须持有页锁，否则其他处理器看不到更改。这个函数返回引用计数，请不要在中断上下文中使用它。`,
      ),
    ).toBe('zh')
    expect(
      detect(
        'A delay of 5 µs and of 7 µs is what the word λόγος and the word 道 have in common: nothing at all.',
      ),
    ).toBe('en')
    expect(
      detect('В этом файле есть функция read_page, которая не может быть вызвана из interrupt handler.'),
    ).toBe('ru')
  })

  it('is not made by one word alone, however often it stands there', () => {
    expect(detect('den '.repeat(500))).toBe('')
    expect(detect('the '.repeat(500))).toBe('')
  })
})

test('a counter starts anew for each document, and the order of tokens says nothing', () => {
  const words = fc.array(
    fc.constantFrom('the', 'of', 'and', 'der', 'die', 'und', 'für', 'и', 'на', 'не', 'page', '道', '12'),
  )
  const counter = new LanguageCounter()
  fc.assert(
    fc.property(words, words, (terms, others) => {
      const alone = languageOf(terms)
      for (const term of others) counter.add(clueOf(term))
      counter.take()
      for (const term of terms.toReversed()) counter.add(clueOf(term))
      expect(counter.take()).toBe(alone)
    }),
  )
})

test('every string gives a clue', () => {
  const counter = new LanguageCounter()
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), term => {
      expect(clueOf(term)).toBe(clueOf(`${term}`))
      counter.add(clueOf(term))
      expect(counter.take()).toMatch(/^([a-z]{2})?$/)
    }),
  )
})

const shared = new URL('../../../shared/', import.meta.url)

// The passages left open, of 240, are lists of names.
test.runIf(existsSync(shared)).each(['en', 'de', 'ru', 'ar', 'zh', 'th'])(
  'nearly every passage of a collection in %s is known, and none mistaken',
  language => {
    const lines = readFileSync(new URL(`relevance/xquad-${language}/corpus.jsonl`, shared), 'utf8')
      .trim()
      .split('\n')
    const found = lines.map(line => detect((JSON.parse(line) as { text: string }).text))
    expect(found.filter(one => one !== language && one !== '')).toEqual([])
    expect(found.filter(one => one === language).length / found.length).toBeGreaterThan(0.99)
  },
)

test.runIf(existsSync(shared)).each([
  ['laws-de', 'de'],
  ['laws-zh', 'zh'],
  ['novels', 'en'],
  ['rust-book', 'en'],
])('no file of %s is taken for another language than %s', (corpus, language) => {
  const folder = new URL(`corpora/${corpus}/`, shared)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const found = files.map(file => detect(readFileSync(`${file.parentPath}/${file.name}`, 'utf8')))
  expect(files.length).toBeGreaterThan(0)
  expect(found.filter(one => one !== language && one !== '')).toEqual([])
  expect(found.filter(one => one === language).length / found.length).toBeGreaterThan(0.9)
})
