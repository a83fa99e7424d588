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

/**
 * Checks every EPUB of a folder in one process. It prints a line for each message, the file's name and the message apart by
 * a tab, and the name alone when a file is done.
 */
public class Check {
  static class Printer extends MasterReport {
    final String name;
    final PrintStream out;

    Printer(String name, PrintStream out) {
      this.name = name;
      this.out = out;
    }

    @Override
    public void message(Message message, EPUBLocation location, Object... args) {
      String text = message.getMessage(args).replaceAll("\\s+", " ");
      out.println(name + "\t" + message.getSeverity() + " " + message.getID() + " " + location.getPath() + ":" + location.getLine() + ": " + text);
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
      Printer report = new Printer(file.getName(), out);
      report.setReportingLevel(ReportingLevel.Usage);
      try {
        new EpubCheck(file, report).doValidate();
      } catch (Throwable e) {
        out.println(file.getName() + "\tCRASH " + e);
      }
      out.println(file.getName());
      out.flush();
    }
  }
}
