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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Checks every EPUB of a folder in one process, several at a time. For each it prints a line for every message, with file
 * name, severity, id, place and text apart by tabs, and a line with the name alone when the file is done.
 */
public class Check {
  static class Collector extends MasterReport {
    final String name;
    final StringBuilder lines = new StringBuilder();

    Collector(String name) {
      this.name = name;
    }

    void add(Object severity, Object id, String place, String text) {
      lines.append(name + "\t" + severity + "\t" + id + "\t" + place + "\t" + text.replaceAll("\\s+", " ") + "\n");
    }

    @Override
    public void message(Message message, EPUBLocation location, Object... args) {
      add(message.getSeverity(), message.getID(), location.getPath() + ":" + location.getLine(), message.getMessage(args));
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

  static void check(File file, PrintStream out) {
    Collector report = new Collector(file.getName());
    report.setReportingLevel(ReportingLevel.Usage);
    try {
      new EpubCheck(file, report).doValidate();
    } catch (Throwable e) {
      report.add("CRASH", e.getClass().getName(), "", String.valueOf(e.getMessage()));
    }
    synchronized (out) {
      out.print(report.lines + file.getName() + "\n");
      out.flush();
    }
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    File[] files = new File(args[0]).listFiles((dir, name) -> name.endsWith(".epub"));
    Arrays.sort(files, (a, b) -> Long.compare(b.length(), a.length())); // large ones first: they take longest
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));
    for (File file : files) {
      pool.submit(() -> check(file, out));
    }
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.HOURS);
    System.exit(0);
  }
}
