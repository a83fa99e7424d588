// Checks PDF files with veraPDF's library, run by the Rhino shell that comes along with it:
//   verapdf FLAVOUR[,FLAVOUR...] FILE...        (flavours: ua1, 2a, 2b, ...)
// For every file and flavour it prints a line "FILE FLAVOUR pass|FAIL", and below a FAIL each broken rule once, with its
// clause, how often it was broken, and the first place. Exit code: 0 all pass, 1 something fails, 2 wrong use.

var Foundries = Packages.org.verapdf.pdfa.Foundries;
var PDFAFlavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour;
var Status = Packages.org.verapdf.pdfa.results.TestAssertion.Status;

function broken(result) {
  var rules = [], seen = {}, all = result.getTestAssertions();
  for (var i = 0; i < all.size(); i++) {
    var a = all.get(i);
    if (a.getStatus() != Status.FAILED) continue;
    var key = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
    if (seen[key]) seen[key].count++;
    else rules.push(seen[key] = { key: key, count: 1, message: a.getMessage(), place: a.getLocation().getContext(), error: a.getErrorMessage() });
  }
  return rules;
}

function check(file, id) {
  var flavour = PDFAFlavour.fromString(id), parser;
  try {
    parser = Foundries.defaultInstance().createParser(new java.io.File(file), flavour);
  } catch (e) {
    print(file + " " + id + " FAIL\n  not a PDF file: " + e.message);
    return false;
  }
  try {
    var result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
    print(file + " " + id + (result.isCompliant() ? " pass" : " FAIL"));
    broken(result).forEach(function (r) {
      print("  " + r.key + " (" + r.count + "x): " + String(r.error || r.message).replace(/\s+/g, " ") + "\n    at " + r.place);
    });
    return result.isCompliant();
  } finally {
    parser.close();
  }
}

if (arguments.length < 2) {
  print("usage: verapdf FLAVOUR[,FLAVOUR...] FILE...");
  quit(2);
}
Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var ok = true, flavours = arguments[0].split(",");
arguments.slice(1).forEach(function (file) {
  flavours.forEach(function (id) { ok = check(file, id) && ok; });
});
quit(ok ? 0 : 1);
