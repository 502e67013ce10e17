/**
 * Function words: the commonest words of each language, by which the language of a text is told. Terms as the analyzer
 * makes them (lower-cased, apostrophes part words). Languages without a stemmer are here too, so that their texts are
 * not taken for a neighbour's. Single ASCII letters are left out, because code has them as names, and so are `var`
 * and the `com` of addresses.
 */

import { ENGLISH } from './english-words.ts'

/** By ISO 639-1 code, separated by spaces. Languages whose script no other here has are told by the script alone. */
export const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  ar: `في من على إلى أن التي عن الذي مع هذا هذه كان أو ما لا لم قد بعد كما بين ذلك كل هو هي ثم عند حيث كانت إن منذ وقد وهو
    وهي وفي ولم أي غير لكن أكثر تم خلال حتى بعض يكون إذا له لها قبل ومن لأن كانوا عندما مثل فقط تلك الذين يتم ليس`,
  az: `və bu bir ilə üçün olan da də kimi daha hər sonra ki olaraq var siz əgər lakin bütün onun həmin ancaq yalnız görə
    deyil isə həm belə artıq olur edir ola bilər istifadə nə çox sizin biz bunu edə`,
  be: `і ў у не на што з да як гэта але за ад для то так ён я мы вы усе яго яна было быў толькі або яшчэ можа іх няма ўжо
    калі таксама быць была былі якія які якая каб гэтага яны пасля без дзе яе пра паміж вельмі ёсць ці гэты пры`,
  bg: `и в не на че с за от се да е са по като до то но бъде това или който която които при ще както след само тя той бил
    със може има към ако те във му още ги без под през между всички няма когато бяха беше повече си ли най много тази
    този тези ви вашия вие`,
  ca: `de la que el en els les del un una per amb no es al més seva seu són és va aquest aquesta ha però també dels han
    hi ho si pel ser sobre fins ja entre quan molt sense tot tots això on perquè seus seves pels als cada després així
    ni ens ell ella què només podeu pot aquests aquestes`,
  cs: `se na je že to pro ale jako jsou by tak po jeho od do za který která které nebo až však bylo byl byla už při jen
    také není podle jsem co aby když kde ještě být jak ve ze před mezi jejich tím bude než může ani můžete pokud tento
    tato této tedy jsme vše byly své svůj pod nad bez pouze pak tyto tomto`,
  da: `og at det er en til af på for med den de der ikke et som har han jeg vi fra sig men om kan også ved eller hun du så
    blev skal være efter nu ud når dette mod meget hvor hvad mere kun vil da op over blive bliver ville kunne mig dem
    denne disse alle andre min hans havde under noget nogle siden hvis uden mellem hvordan selv din dit`,
  de: `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass
    sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch
    man sein wurde sei kann wenn ich ihre ihr wir diese dieser dieses können unter soll was gegen vom schon eines muss
    uns sowie alle ohne wieder hier ihm ihn kein keine damit dann diesem diesen seine seiner sehr bereits zwischen
    jedoch müssen wurden worden daß`,
  en: ENGLISH.functionWords,
  eo: `la kaj de en estas al por ke ne mi vi ĝi kun pri sed ĉi ili oni tio kiu kiel aŭ estis povas tiu ĉiu ĝia via kiuj
    ankaŭ plej nur per tiuj kiam se da jam pli tie kio`,
  es: `de la que el en los del se las por un para con no una su al lo como más pero sus le ya este sí porque esta entre
    cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso
    ante ellos esto mí antes algunos qué unos yo otro otras otra él tanto esa estos mucho nada muchos cual poco ella
    estar estas algunas algo es son fue ha era han está ser puede sido tiene pueden están puedes si cada así mismo`,
  et: `ja on ei et see ta ka oli mis kui või aga kes mida seda oma nii siis ning pole olla olid selle tema nad välja kuid
    veel ainult pärast juba üle kõik väga saab mitte peale nagu need tuleb võib ma sa me kus sest olnud`,
  fa: `و در به از که این را با است برای آن یک بر تا خود هم یا شده شد می ها کرد ما اما باشد بود کند نیز دو او هر اگر آنها
    وی بین دیگر بسیار پس چه شما همه نمی توان من بدون حال میشود های`,
  fi: `ja on ei että se oli joka mutta ovat hän myös kun niin kuin tai sen jos siitä mukaan jo nyt vain ole mitä ollut
    sekä voi sitä ne he tämä kanssa minä hänen olla vielä jälkeen noin kaikki tässä eivät sillä jossa joita joiden
    kuitenkin koska mikä eli siis tämän niiden näin tätä ettei täytyy voidaan voit voivat ennen hyvin sinä sinun jotka
    siihen jota olisi toinen ilman siinä tällä`,
  fr: `de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec son aux ou mais sa
    comme ont cette ses elle nous vous tout être fait si leur on je peut été même deux ces bien aussi entre sans où dont
    lui fois était encore donc avoir faire très après sous avant peu quand ils elles cela autres mon votre nos chaque
    ainsi avait étaient soit lorsque alors afin à`,
  ga: `agus an na ar is bhí sé sí go leis le ag tá níl ach mar seo sin don den faoi chun nó ní atá raibh bhfuil siad mé tú
    muid ann air aige aici acu gach féin dá iad ó é í sa san as nach gur ina cé nuair roimh idir ón`,
  hi: `के है में की और से का को हैं कि यह पर इस एक ने भी नहीं तो हो था कर जो या वह लिए इसके थे साथ ही अपने कुछ जब थी
    किया तक बाद गया उस वे ये इन द्वारा लेकिन होता जाता रहा सकते आप मैं हम करने करते`,
  hr: `se na je da za su od kao ne što koji koja koje ili ali bi iz po do sa bio bila bilo će te samo nije još kako to već
    kada može biti ako svoje prema nakon između više tako jedan jer gdje gde njegov tijekom oko sve zbog ima bez ove
    ovaj ova toga pri nego dok sam smo`,
  hu: `az és hogy nem is egy ez meg csak de ha van volt azt mint már még el ki vagy ezt fel majd ami akkor után kell lehet
    mert azonban minden sem úgy így lesz pedig két volna arra itt ott nincs mely amely amelyek között által illetve
    valamint voltak ezek azok neki sok több mindig olyan ilyen saját szerint miatt nélkül alatt felett`,
  id: `yang dan di dari untuk dengan pada dalam ini itu tidak adalah ke akan juga oleh sebagai atau bisa dapat ada telah
    saya anda mereka kami kita ia dia bahwa lebih sudah karena seperti hanya jika saat menjadi tersebut secara para
    banyak semua antara lain bila harus namun tetapi maka belum masih sangat setelah sebuah hingga setiap apa bukan
    tanpa ketika`,
  it: `di che la il un per in una del della non sono da con si le dei più al come nel lo gli ma ha alla delle è questo
    anche dal ed se dalla ad quello ci loro essere tutti nella alle stato dell all nell fra tra sua suo due dopo prima
    quando dove molto cui era hanno stata può senza ogni sul sulla ai degli solo io lui lei noi questa questi queste
    così poi già ancora perché sia mentre quindi`,
  lt: `ir yra kad tai su iš į bet kaip ne buvo jo jos jų tik dar jau kai arba nuo už per prie po apie ar jis ji mes jie
    kuris kuri kurie savo būti gali taip pat dėl iki labai šis ši tas ta kas jei tačiau todėl šio šios tarp kurių
    kuriame metu nėra bus`,
  lv: `un ir ar no uz par ka kas bet vai lai to tas tā pie pēc kā arī nav bija tiek gan jau tikai viņš viņa mēs savu var
    līdz ļoti es tu kad ja šis šī tomēr starp viņi kurš kura bez jo nevar tās tos`,
  mk: `и во на да се за од со што е ја го не ќе по како или но ги кој која кои може има сте до ако кога ова овој оваа беше
    само сите тоа бил биде исто така бидејќи меѓу ви вашиот вие`,
  mr: `आणि आहे या च्या मध्ये आहेत हा ही ते तो हे होते होता होती व पण नाही असे त्या त्यांच्या केले करून एक म्हणून किंवा तर
    केली येथे त्याच्या झाला झाली`,
  ne: `र को मा छ का ले यो गर्न पनि छन् भएको थियो हो लाई गरेको तथा हुन्छ एक त्यो भने गरे बाट यस तर अनि गरी भयो वा केही
    आफ्नो थिए साथ पर्छ गर्ने हुने मात्र`,
  nl: `de van een het en in is dat op te zijn met voor niet die aan er om ook als bij maar uit naar door over ze hij of
    wordt kan nog wel dan tot worden deze dit heeft hebben haar hun meer geen wat zo zich je we mijn ons werd was waren
    al onder tegen veel zou moet zonder kunnen zoals omdat andere hem ik wie hoe na toch alleen waar wanneer tussen
    moeten echter dus`,
  no: `og det er en til av på for med den de som ikke et har han jeg vi fra seg men om kan også ved eller hun du så ble
    skal være etter nå ut når dette mot mye hvor hva mer bare vil da opp over bli blir ville kunne meg dem denne disse
    alle andre min hans hadde under noe noen siden hvis uten mellom hvordan selv enn å kun dersom at din ditt ikkje eg
    ein eit frå dei berre vere`,
  pl: `się na nie to że do jest jak po co tak za od ale czy by być tym przez dla był ze tego który która które oraz ich są
    lub może jego jej tylko już przy było była jako też więc bez gdy pod nad ten ta te ma mnie go jeśli można przed kiedy
    także jednak między bardzo gdzie wszystko wszystkie których którym będzie aby został ani jeszcze`,
  pt: `de que do da em um para não uma os se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu
    também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas meu às
    minha pelos elas qual lhe este dele foi são é ser tem está pode há era foram isto então onde apenas cada assim ainda
    porque sobre no`,
  ro: `de și şi în că fără cu pe un nu care se din mai este sau pentru au fost ca prin am ce sunt dar lui fi iar cel cea
    ale al ai după când către între acest această foarte dacă doar astfel era ei ea el lor mult decât până dintre despre
    asupra aceasta poate trebuie toate acesta acestea unei unui la sa vor să`,
  ru: `и в не на что с по а как это к но из у за от о для то же так он я мы вы все его она было бы был только или еще ещё
    может их мне нет уже если при до также их быть была были которые который которая чтобы этого этой когда они себя
    между после без где ее её том во со под над через более чем ли вас нас вам этом есть можно тем`,
  sk: `sa na je že to pre ale ako sú by tak po jeho od do za ktorý ktorá ktoré alebo až však bolo bol bola už pri len aj nie
    podľa som čo aby keď kde ešte byť vo zo pred medzi ich bude než môže ani ak tento táto tejto teda sme všetko boli
    svoje pod nad bez iba mal má ktorých`,
  sl: `je da na za se so ki tudi pa kot ne bi ali iz po pri od do lahko ni bil bila bilo če ko še vse zelo kako med tega
    samo ter biti ima kjer ker tako bolj vendar nad pod brez vsak jih njegov zaradi potem več bodo naj niso sem smo`,
  sr: `и у на је да се за су од као не што који која које или али би из по до са био била било ће те само није још како то
    већ када може бити ако своје према након између више тако један јер где због има без овај ова тога него док сте`,
  sv: `och att det är en till av på för med den de som inte ett har han jag vi från sig men om kan också vid eller hon du
    så blev ska vara efter nu ut när detta mot mycket där vad mer bara vill då upp över bli blir ville kunde mig dem
    denna dessa alla andra min hans hade under några sedan utan mellan hur själv än sin kommer måste skulle här in finns
    genom varje eftersom`,
  tr: `ve bir bu da de için ile olarak daha çok gibi olan en kadar sonra ne her ya ise ki mi değil ama veya iki ancak bunu
    şu ben göre olduğu oldu tarafından diye şekilde bütün tüm hem nasıl yok onun böyle zaman eğer bazı bunun kendi çünkü
    yani sadece üzerinde bile aynı önce ona olduğunu biz sen içinde şey hiç arasında ayrıca`,
  uk: `і у не на що з до та як це але за від для то й так він я ми ви все його вона було б був тільки або ще може їх мені
    немає вже якщо при також бути була були які який яка щоб цього цієї коли вони себе між після без де її тому зі під
    над через більш ніж чи вас нас вам цьому є можна про із ці в`,
  ur: `کے کی میں ہے اور سے کا کو اس ہیں نے پر کہ یہ ایک بھی کر تھا وہ جو ان تو تھے تھی لئے ہو گیا نہیں اپنے کیا بعد ساتھ
    جب`,
  vi: `và của là có không được cho các một trong với những người đã này để khi từ về như thì tại cũng vào ra đến bạn hay
    nhiều sẽ nhưng theo nó trên mà sau nếu phải đó rất năm ở bị lại hơn còn chỉ vì nên gì mình đây cả hoặc bằng`,
}
