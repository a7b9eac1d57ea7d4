import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/**
 * Asks Apache KIE what a DMN model decides: `AskKie MODEL DECISION`. Each line of standard input is a JSON object of inputs, each line of
 * standard output the decision's value as JSON, in the same order. The model must keep the OMG's schema and compile without a message.
 */
public final class AskKie {
  private static final String SCHEMA = "/org/omg/spec/DMN/20230324/DMN15.xsd";
  private static final int AT_ONCE = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DMNRuntime runtime;
  private final DMNModel model;
  private final String decision;

  private AskKie(Path file, String decision) throws Exception {
    URL schema = DMNRuntime.class.getResource(SCHEMA);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(schema)
        .newValidator()
        .validate(new StreamSource(file.toFile()));
    runtime =
        DMNRuntimeBuilder.fromDefaults()
            .buildConfiguration()
            .fromResources(List.of(ResourceFactory.newFileResource(file.toFile())))
            .getOrElseThrow(fault -> new IllegalStateException("the model does not compile", fault));
    model = runtime.getModels().get(0);
    this.decision = decision;
    refuse(model.getMessages());
  }

  private static void refuse(List<DMNMessage> messages) {
    if (!messages.isEmpty()) throw new IllegalStateException(messages.toString());
  }

  private String answer(String line) {
    try {
      DMNContext context = runtime.newContext();
      Map<?, ?> inputs = JSON.readValue(line, Map.class);
      inputs.forEach((name, value) -> context.set(String.valueOf(name), value));
      DMNResult result = runtime.evaluateByName(model, context, decision);
      if (result.hasErrors()) refuse(result.getMessages());
      return JSON.writeValueAsString(result.getDecisionResultByName(decision).getResult());
    } catch (IOException | RuntimeException fault) {
      throw new IllegalStateException("asked " + line, fault);
    }
  }

  public static void main(String[] arguments) throws Exception {
    AskKie kie = new AskKie(Path.of(arguments[0]), arguments[1]);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
      if (lines.size() == AT_ONCE) tell(kie, lines, out);
    }
    tell(kie, lines, out);
  }

  private static void tell(AskKie kie, List<String> lines, BufferedWriter out) throws IOException {
    for (String answer : lines.parallelStream().map(kie::answer).toList()) {
      out.write(answer);
      out.newLine();
    }
    out.flush();
    lines.clear();
  }
}
