import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.TreeSet;

/** Checks every EPUB of a folder in one process and prints, for each, its name and the messages as "SEVERITY ID", tab-separated. */
public class Verdicts {
  static class Collector extends MasterReport {
    final TreeSet<String> said = new TreeSet<>();

    @Override
    public void message(Message message, EPUBLocation location, Object... args) {
      said.add(message.getSeverity() + " " + message.getID());
    }

    @Override
    public void info(String resource, FeatureEnum feature, String value) {}

    @Override
    public int generate() {
      return 0;
    }

    @Override
    public void initialize() {}
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    File[] files = new File(args[0]).listFiles((dir, name) -> name.endsWith(".epub"));
    Arrays.sort(files);
    for (File file : files) {
      Collector report = new Collector();
      report.setReportingLevel(ReportingLevel.Usage);
      try {
        new EpubCheck(file, report).doValidate();
      } catch (Throwable e) {
        report.said.add("CRASH " + e.getClass().getName());
      }
      out.println(file.getName() + "\t" + String.join("\t", report.said));
      out.flush();
    }
  }
}
