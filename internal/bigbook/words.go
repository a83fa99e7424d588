package bigbook

import "strings"

// The vocabulary. Frequent words stand at the head of their list.
var (
	places       = []string{"Harbour", "Meadow", "Summit", "Lantern"}
	one          = strings.Fields("the a the a this our each the that every their no some any one another the its your")
	several      = strings.Fields("the the these our most those many all their no some any few other the its your several")
	modals       = strings.Fields("can will may must should could would might cannot")
	auxiliaries  = strings.Fields("is was keeps stops remembers began avoids")
	prepositions = strings.Fields("of in for with on to from by at without under between before after across against behind beyond within towards beside throughout despite")
	conjunctions = strings.Fields("when if because while although since until unless whenever where")
	joiners      = strings.Fields("and but which so yet although because while and or")
	prefixes     = strings.Fields("sub micro meta multi pre counter inter over under super")
	negatable    = strings.Fields("common clear stable reliable readable accessible comfortable conventional professional practical ambiguous expected tested known")
	adverbs      = strings.Fields(`usually often now then slowly rarely simply mostly always never quickly quietly carefully eventually certainly honestly
		surprisingly practically deliberately accidentally automatically independently approximately unfortunately immediately`)
	givenNames = strings.Fields(`Ada Bela Carla Dario Edda Farid Greta Hiro Ines Jonas Kira Lev Mona Nils Olga Pavel Quinn Rosa Samir Thea Umar Vera Wim Xenia Yusuf Zora`)
	surnames   = strings.Fields(`Abendroth Bakker Castellan Dunmore Eriksen Faraday Grimaldi Hollowell Ivanova Jansen Kowalczyk Lindqvist Marchetti Nakamura
		Okonkwo Petrov Quist Rasmussen Santoro Thorne Ueda Varga Whitcombe Yilmaz Zeller`)
	adjectives = strings.Fields(`new small large open good first old fast other public slow simple common plain early clear single whole strict free
		useful careful local remote hidden stable broken strange gentle cheap costly shallow narrow bright silent modern ancient reliable portable readable
		testable scalable dependable comfortable accessible incremental experimental hierarchical distributed asynchronous deterministic
		concurrent sequential functional declarative imperative temporary permanent redundant significant consistent transparent persistent
		independent intelligent efficient sufficient ambiguous continuous anonymous autonomous generous mysterious spontaneous
		numerical historical practical theoretical statistical cryptographic geographic symmetric heterogeneous orthogonal proportional
		exceptional conventional professional international responsible compatible reversible flexible invisible comprehensible`)
	nouns = strings.Fields(`system people time test server code page problem user data thing file question team release answer project tool change network
		library function key message version database machine world way program process service talk note word line list table day year
		book story method class object pattern language standard format protocol interface memory thread queue cache index query record
		field value type variable constant module package plugin script shell editor browser client host cluster node edge path link graph
		tree branch leaf root stack heap buffer stream signal event handler listener callback promise future lock mutex channel pipe socket
		packet frame header footer body payload token session cookie request response reply error warning failure exception trace profile
		benchmark measure metric counter gauge histogram dashboard alert incident outage repair upgrade migration rollback deployment
		container image layer volume mount kernel driver device printer keyboard screen window button menu cursor pointer reference
		garbage collector compiler interpreter parser lexer grammar syntax symbol operator expression statement declaration definition
		specification documentation tutorial example exercise lesson workshop lecture keynote conference meeting community contributor
		maintainer volunteer organiser speaker audience sponsor committee foundation licence copyright patent trademark agreement contract
		customer supplier partner company budget invoice market product feature requirement estimate deadline schedule roadmap milestone
		architecture infrastructure abstraction encapsulation inheritance composition polymorphism concurrency parallelism synchronisation
		serialisation compression encryption authentication authorisation certificate signature fingerprint vulnerability attacker defender
		firewall gateway router switch bridge antenna satellite frequency bandwidth latency throughput capacity availability reliability
		scalability portability compatibility accessibility responsibility possibility opportunity university laboratory experiment
		hypothesis observation measurement calculation approximation interpolation transformation representation visualisation animation
		photograph microphone recording transcript translation dictionary vocabulary sentence paragraph chapter appendix bibliography
		typography ligature hyphen margin column gutter baseline letter alphabet character encoding manuscript publisher bookshop library
		harbour mountain river forest garden kitchen bicycle railway station ticket passenger journey weather thunder lantern umbrella`)
	verbs = strings.Fields(`need use show help ask start work call open turn follow change move play learn add watch allow offer
		answer explain check print return deliver collect record measure compare combine publish discover discuss describe develop depend
		replace restore remove rename rewrite repair refactor release resolve reject review reveal request require reserve schedule
		encode decode encrypt decrypt compress expand extend extract export import install configure monitor maintain migrate
		validate verify generate generalise specialise optimise parallelise synchronise serialise summarise visualise document
		demonstrate illustrate investigate negotiate anticipate recommend understand overestimate underestimate`)
)
